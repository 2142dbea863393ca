import type { NewItem } from '../../../db/knowledge/operation-items.ts';
import type { NewCheckResult } from '../../../db/knowledge/prompts/checks.ts';
import { expectationWords, type AskedExample, type Example } from '../../../knowledge/checks/example.ts'; // prettier-ignore
import { variantsOf } from '../../../knowledge/prompts/variants.ts';
import { cut } from '../../../model/text/outside-text.ts';
import { ApiProblem } from '../../http/problem.ts';
import { filledText } from '../prompts/filled-text.ts';
import { joinedPrompt, type JoinedText, type TextSource } from '../prompts/joined-text.ts';
import type { OpenedAt } from '../prompts/open-at.ts';
import { variantSource } from '../prompts/prompt-text.ts';
import { checkedVersion } from './checked-version.ts';

/** A run of examples, as it is stored. */
export interface PlannedCheck {
  version: string;
  sources: NonNullable<Awaited<ReturnType<typeof checkedVersion>>>['sources'];
  variant: string | null;
  items: NewItem[];
  results: NewCheckResult[];
}

/** All texts of a run together, in characters. */
const mostText = 16 * 1024 * 1024;

/**
 * What a run of a prompt's examples sends and expects: each example for each variant that it is for, or for the whole text of a prompt without
 * variants. An example whose values do not fit has failed already. Throws 422: `examples_missing`, `examples_broken`,
 * `too_many_examples`, and what rendering throws.
 */
export async function plannedCheck(
  { entry, at, find }: OpenedAt,
  asked: string | undefined,
  mostExamples: number,
): Promise<PlannedCheck> {
  const checked = await checkedVersion(entry, at, find);
  if (checked === null) throw examplesMissing(entry.id, asked);
  const { source, examples, version, sources } = checked;
  if (examples.faults.length > 0)
    throw new ApiProblem(
      422,
      'examples_broken',
      `Examples of ${entry.id} cannot be run. ${examples.faults.slice(0, 10).map(({ message }) => message).join(' ')}`, // prettier-ignore
    );
  const texts = textsOf(source, asked);
  const variant = asked === undefined ? null : (texts[0]?.variant ?? null);
  const runs = texts.flatMap((text) =>
    examples.examples
      .filter((example) => example.variant === null || example.variant === text.variant)
      .map((example) => ({ text, example })),
  );
  if (runs.length === 0) throw examplesMissing(entry.id, asked);
  if (runs.length > mostExamples)
    throw new ApiProblem(422, 'too_many_examples', `${entry.id} has ${runs.length} examples to run, and the space allows ${mostExamples} in one run: run its variants one by one, or have an admin allow more.`); // prettier-ignore
  const joined = new Map<TextSource, JoinedText>();
  const planned: PlannedCheck = { version, sources, variant, items: [], results: [] };
  let length = 0;
  for (const [index, { text, example }] of runs.entries()) {
    const known = joined.get(text) ?? (await joinedPrompt(text, at, find));
    joined.set(text, known);
    const content = contentOf(text, known, example);
    length += 'content' in content ? content.content.length : 0;
    if (length > mostText) throw new ApiProblem(422, 'text_too_large', `With all of its examples, ${entry.id} is too large for one run: run its variants one by one.`); // prettier-ignore
    const name = text.variant === null ? example.name : `${example.name} (${text.variant})`;
    const reason = 'reason' in content ? content.reason : null;
    planned.items.push(
      'content' in content
        ? { name, content: content.content }
        : { name, content: null, outcome: 'failed', message: content.reason },
    );
    planned.results.push({
      ...{ ordinal: index + 1, name: example.name, variant: text.variant },
      example: { input: example.input, expected: example.expected.map(expectationWords) },
      ...{ verdict: reason === null ? null : 'failed', reason },
    });
  }
  return planned;
}

type VariantText = ReturnType<typeof variantSource>;

/** The texts of a prompt that are run: the one that was asked for, or else all variants, or else the whole one. */
function textsOf(source: TextSource, asked: string | undefined): VariantText[] {
  const names = asked === undefined ? variantsOf(source.fields).map(({ name }) => name) : [asked];
  return names.length === 0
    ? [variantSource(source, undefined)]
    : names.map((name) => variantSource(source, name));
}

/** What is sent, as it is stored; or why the values of the example do not fit. */
function contentOf(
  source: TextSource,
  { text, blocks, includes }: JoinedText,
  { values, input, expected }: Example,
): { content: string } | { reason: string } {
  try {
    const prompt = filledText(text, [source, ...blocks, ...includes], values);
    if (prompt.trim() === '') return { reason: 'The text of the prompt is empty.' };
    // Some models want something from the user, so that a prompt without input is what the user says.
    const asked: AskedExample = {
      messages:
        input === null
          ? [{ role: 'user', content: prompt }]
          : [{ role: 'system', content: prompt }, { role: 'user', content: input }], // prettier-ignore
      expected,
    };
    return { content: JSON.stringify(asked) };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 422) return { reason: cut(error.message, 1_000) }; // prettier-ignore
    throw error;
  }
}

function examplesMissing(id: string, variant: string | undefined): ApiProblem {
  return new ApiProblem(
    422,
    'examples_missing',
    `${id} has no examples that can be run${variant === undefined ? '' : ` for "${variant}"`}: add a heading "Examples", and below it one for each, with "Expected:".`,
  );
}
