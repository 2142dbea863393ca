import type { JsonValue } from '../../model/knowledge/entry.ts';
import { cut, oneLine } from '../../model/text/outside-text.ts';
import { schemaProblems } from '../kinds/schema-problems.ts';
import type { Expectation } from './example.ts';

/** What an answer is worth by itself: whether it is as expected, or a person has to say so. */
export interface JudgedAnswer {
  verdict: 'passed' | 'failed' | 'needs_person';
  /** What is not as expected, or what a person has to look at; empty if it passed. */
  reason: string;
}

const deepestAnswer = 64;

/** Judges an answer by what an example expects. What fails by itself needs no person any more. */
export function judgeAnswer(expected: readonly Expectation[], answer: string): JudgedAnswer {
  const text = answer.normalize('NFC');
  const faults = expected.flatMap((one) => faultOf(one, text));
  if (faults.length > 0) return { verdict: 'failed', reason: cut(faults.join(' '), 2_000) };
  const open = expected.flatMap((one) => (one.kind === 'person' ? shown(one.text) : []));
  if (open.length === 0) return { verdict: 'passed', reason: '' };
  return { verdict: 'needs_person', reason: cut(`Somebody has to say whether it is as expected: ${open.join('; ').replace(/\.$/, '')}.`, 2_000) }; // prettier-ignore
}

function faultOf(expected: Expectation, answer: string): string[] {
  switch (expected.kind) {
    case 'contains':
      return answer.includes(expected.text.normalize('NFC')) ? [] : [`The answer does not contain "${shown(expected.text)}".`]; // prettier-ignore
    case 'lacks':
      return answer.includes(expected.text.normalize('NFC')) ? [`The answer contains "${shown(expected.text)}".`] : []; // prettier-ignore
    case 'schema': {
      const json = jsonIn(answer);
      if (json === undefined) return ['The answer is not JSON.'];
      return schemaProblems(expected.schema, json, () => 1).map(
        ({ pointer, message }) => `${pointer === '' ? 'The JSON' : shown(pointer)}: ${message}`,
      );
    }
    case 'person':
      return [];
  }
}

/** The JSON of an answer, which models often put in a block of code; `undefined` if it is none, or too deep to look through. */
function jsonIn(answer: string): JsonValue | undefined {
  const text = answer.trim();
  const [, inside] = /^```[a-z]*[ \t]*\n([^]*)\n[ \t]*```$/i.exec(text) ?? [];
  try {
    const value = JSON.parse(inside ?? text) as JsonValue;
    return isTooDeep(value, deepestAnswer) ? undefined : value;
  } catch {
    return undefined;
  }
}

function isTooDeep(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isTooDeep(one, levels - 1));
}

function shown(text: string): string {
  return cut(oneLine(text), 200);
}
