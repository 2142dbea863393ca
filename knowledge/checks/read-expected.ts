import type { Token } from 'markdown-it';
import type { EntryFields, JsonSchema } from '../../model/knowledge/entry.ts';
import { BadYaml, parseYaml } from '../front-matter/yaml-document.ts';
import { BadSchema, judgeSchema } from '../kinds/judge-schema.ts';
import type { Expectation } from './example.ts';

/** A part of an example cannot be used. The message says why. */
export class BadExample extends Error {
  override readonly name = 'BadExample';
}

const yamlSize = { bytes: 64 * 1024, tokens: 20_000 };

/** The map that a block of code has, as YAML or JSON. Throws {@link BadExample}. */
export function mapIn(code: string): EntryFields {
  try {
    return parseYaml(code, null, yamlSize).fields;
  } catch (error) {
    if (!(error instanceof BadYaml)) throw error;
    throw new BadExample(`it is no map in YAML or JSON: ${error.message}`, { cause: error });
  }
}

/**
 * What the blocks below `Expected:` expect, in their order. A line `contains: …` or `not contains: …`, in a list or not, is about
 * the words of the answer, a block of code is a JSON Schema, and everything else is for a person to judge. Throws
 * {@link BadExample}.
 */
export function readExpected(first: string, blocks: readonly Token[]): Expectation[] {
  const expected = linesOf(first).map(expectationOf);
  for (const { type, content } of blocks) {
    if (type === 'inline') expected.push(...linesOf(content).map(expectationOf));
    if (type === 'fence' || type === 'code_block')
      expected.push({ kind: 'schema', schema: schemaIn(content) });
  }
  if (expected.length === 0)
    throw new BadExample('it expects nothing: write what the answer must be like below "Expected:"'); // prettier-ignore
  return expected;
}

const keyword = /^(not )?contains\s*:/i;

/** The lines of a paragraph, each with those that only continue it. */
function linesOf(paragraph: string): string[] {
  const lines: string[] = [];
  for (const part of paragraph.split('\n')) {
    const line = part.trim();
    const before = lines.at(-1);
    if (line === '') continue;
    if (before === undefined || keyword.test(line)) lines.push(line);
    else lines[lines.length - 1] = `${before} ${line}`;
  }
  return lines;
}

function expectationOf(line: string): Expectation {
  const [start, not] = keyword.exec(line) ?? [];
  if (start === undefined) return { kind: 'person', text: line };
  const text = unquoted(line.slice(start.length).trim());
  if (text.trim() === '') throw new BadExample(`"${start}" does not say which text`);
  return { kind: not === undefined ? 'contains' : 'lacks', text };
}

/** A text in quotes or marks of code is meant without them, so that blanks and marks at its ends can be said. */
function unquoted(text: string): string {
  const [first = ''] = text;
  const isQuoted = '"`'.includes(first) && text.length > 2 && text.endsWith(first);
  return isQuoted ? text.slice(1, -1) : text;
}

/** Keywords that demand something; a schema without any of them would allow every answer. */
const demands = ['type', 'enum', 'const', 'required', 'properties', 'items', 'prefixItems', 'contains', 'not', 'allOf', 'anyOf', 'oneOf', '$ref']; // prettier-ignore

function schemaIn(code: string): JsonSchema {
  const schema = mapIn(code);
  if (!demands.some((name) => Object.hasOwn(schema, name)))
    throw new BadExample('the block of code below "Expected:" is no JSON Schema, which would have "type" or "properties"'); // prettier-ignore
  try {
    judgeSchema(schema);
  } catch (error) {
    if (!(error instanceof BadSchema)) throw error;
    throw new BadExample(`the JSON Schema cannot be used: ${error.message}`, { cause: error });
  }
  return schema;
}
