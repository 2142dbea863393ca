import type { EntryFields } from '../../model/knowledge/entry.ts';
import { cut } from '../../model/text/outside-text.ts';
import { blocksOf } from '../markdown/blocks.ts';
import { headingsOf } from '../markdown/headings.ts';
import { headingKey, variantsOf, variantText, type Variant } from '../prompts/variants.ts';
import type { Example, ExampleFault } from './example.ts';
import { ExampleParts, type ExamplePart } from './example-parts.ts';
import { exampleSections, type ExampleSection, type ExampleSpan } from './example-sections.ts';
import { BadExample, mapIn, readExpected } from './read-expected.ts';

/** What a prompt's file says about its examples. */
export interface PromptExamples {
  /** Those that can be run, in the order of the file. */
  examples: Example[];
  /** What is wrong with those that are meant to be run. */
  faults: ExampleFault[];
  /** Examples without `Expected:`, which are words like any other. */
  others: ExampleFault[];
  /** The body without the examples that are checks: what a model is sent, which must not see what is expected of it. */
  text: string;
}

/** More examples of one prompt are not read. */
const mostExamples = 200;
const longestName = 200;

/**
 * Reads the sections `Examples` of a prompt. Each heading in such a section begins an example, which is a check if it has a
 * paragraph `Expected:`; `Values:` and `Input:` may come before. Everything else stays what it is: prose. Takes linear time.
 */
export function readExamples(body: string, fields: EntryFields): PromptExamples {
  const found: PromptExamples = { examples: [], faults: [], others: [], text: body };
  // Most prompts have none, and need not be parsed.
  if (!/examples/i.test(body)) return found;
  const variants = variantsOf(fields);
  const isVariant = variants.some(({ name, heading }) => headingKey(heading ?? name) === 'examples'); // prettier-ignore
  if (isVariant) return found;
  const blocks = blocksOf(body);
  const headings = headingsOf(body, blocks);
  const sections = exampleSections(headings, body.length, ({ text }) => headingKey(text) === 'examples'); // prettier-ignore
  const parts = new ExampleParts(body, blocks);
  const cuts = ownersOf(body, variants, sections).flatMap(({ section, variant }) => {
    const checks = section.spans.filter((span) => {
      const read = readSpan(body, span, parts, found.examples);
      if ('example' in read) found.examples.push({ ...read.example, variant });
      else if (read.isCheck) found.faults.push(read.fault);
      else found.others.push(read.fault);
      return read.isCheck;
    });
    return whatToCut(body, section, checks);
  });
  let [text, from] = ['', 0];
  for (const { start, end } of cuts) {
    text += body.slice(from, start);
    from = end;
  }
  return { ...found, text: text + body.slice(from) };
}

/** The sections, each with the variant whose section it is in. */
function ownersOf(
  body: string,
  variants: readonly Variant[],
  sections: readonly ExampleSection[],
): { section: ExampleSection; variant: string | null }[] {
  if (sections.length === 0) return [];
  const texts = variants.map(({ name }) => variantText(body, variants, name));
  const ranges = texts
    .flatMap((found) => (found.kind === 'found' ? found : []))
    .sort((one, other) => one.start - other.start);
  let next = 0;
  let owner: (typeof ranges)[number] | undefined;
  return sections.map((section) => {
    const { start } = section.heading;
    // The innermost of the variants counts, which begins last.
    for (; (ranges[next]?.start ?? Infinity) <= start; next++) owner = ranges[next];
    const isInside = owner !== undefined && start < owner.start + owner.text.length;
    return { section, variant: isInside ? (owner?.name ?? null) : null };
  });
}

/** If nothing else is in a section, its heading goes too. */
function whatToCut(
  body: string,
  { heading, end, spans }: ExampleSection,
  checks: readonly ExampleSpan[],
): { start: number; end: number }[] {
  const before = body.slice(heading.end, spans[0]?.heading.start ?? end);
  if (checks.length > 0 && checks.length === spans.length && before.trim() === '')
    return [{ start: heading.start, end }];
  return checks.map((span) => ({ start: span.heading.start, end: span.end }));
}

/** An example, or what is wrong with it; `isCheck`: whether it is meant to be run. */
type ReadSpan =
  { isCheck: true; example: Omit<Example, 'variant'> } | { isCheck: boolean; fault: ExampleFault };

function readSpan(
  body: string,
  span: ExampleSpan,
  all: ExampleParts,
  before: readonly Example[],
): ReadSpan {
  const { text: name, start } = span.heading;
  const parts = all.of(span);
  const [values, input, expected] = (['values', 'input', 'expected'] as const).map((wanted) =>
    parts.find(({ label }) => label === wanted),
  );
  const fault = (isCheck: boolean, message: string) =>
    ({ isCheck, fault: { line: all.lineAt(start) + 1, message: `The example "${cut(name, longestName)}" ${message}` } }); // prettier-ignore
  if (expected === undefined) return fault(false, 'has no "Expected:", so it is not run as a check.'); // prettier-ignore
  try {
    if (name === '' || name.length > longestName) throw new BadExample(`its name must have 1 to ${longestName} characters`); // prettier-ignore
    if (before.length === mostExamples) throw new BadExample(`there are more than ${mostExamples}`);
    if (before.some((one) => one.name === name)) throw new BadExample('another one has the same name'); // prettier-ignore
    if (new Set(parts.map(({ label }) => label)).size < parts.length) throw new BadExample('"Values:", "Input:" or "Expected:" is there twice'); // prettier-ignore
    const example = {
      name,
      values: values === undefined ? {} : valuesOf(values),
      input: input === undefined ? null : inputOf(body, input),
      expected: readExpected(expected.first, expected.blocks),
    };
    return { isCheck: true, example };
  } catch (error) {
    if (error instanceof BadExample) return fault(true, `cannot be run: ${error.message}.`);
    throw error;
  }
}

/** One block of code is meant without its fence; everything else as it is written. */
function inputOf(body: string, { first, blocks, start, end }: ExamplePart): string {
  const [only, ...others] = blocks.filter(({ level }) => level === 0);
  const isCode = first === '' && only?.type === 'fence' && others.length === 0;
  const rest = body.slice(start, end).replace(/\r\n?/g, '\n').trim();
  const text = isCode ? only.content : [first, rest].filter((part) => part !== '').join('\n');
  if (text.trim() === '') throw new BadExample('its "Input:" says nothing');
  return text;
}

function valuesOf({ first, blocks }: ExamplePart): EntryFields {
  const [only, ...others] = blocks.filter(({ level }) => level === 0);
  const isCode = only?.type === 'fence' || only?.type === 'code_block';
  if (!isCode || others.length > 0 || first !== '')
    throw new BadExample('below "Values:" must be one block of code, with a map');
  return mapIn(only.content);
}
