import { describe, expect, it, test } from 'vitest';
import type { Expectation } from '../../../knowledge/checks/example.ts';
import { judgeAnswer } from '../../../knowledge/checks/judge-answer.ts';

const contains = (text: string): Expectation => ({ kind: 'contains', text });
const lacks = (text: string): Expectation => ({ kind: 'lacks', text });
const person = (text: string): Expectation => ({ kind: 'person', text });
const questions: Expectation = {
  kind: 'schema',
  schema: {
    type: 'object',
    required: ['questions'],
    properties: { questions: { type: 'array', minItems: 2, items: { type: 'string' } } },
  },
};

describe('an answer', () => {
  it.each<[string, Expectation[], string, string, string]>([
    ['with a text', [contains('Acme')], 'Hello Acme!', 'passed', ''],
    ['without it', [contains('Acme')], 'Hello ACME!', 'failed', 'does not contain "Acme"'],
    ['with one that it must not have', [lacks('discount')], 'A discount.', 'failed', 'contains "discount"'], // prettier-ignore
    ['whose accents are composed otherwise', [contains('Zaz\u0301')], 'Za\u017a', 'passed', ''],
    ['of JSON', [questions], '{"questions": ["a", "b"]}', 'passed', ''],
    ['of JSON in a block of code', [questions], '```json\n{"questions": ["a", "b"]}\n```\n', 'passed', ''], // prettier-ignore
    ['of JSON of another shape', [questions], '{"questions": ["a", 2]}', 'failed', '/questions/1: This must be a text.'], // prettier-ignore
    ['of JSON without a field', [questions], '{}', 'failed', '"questions" is missing'],
    ['of another JSON', [questions], '[]', 'failed', 'The JSON: This must be a mapping'],
    ['of no JSON', [questions], 'Sure! {"questions": []}', 'failed', 'not JSON'],
    ['of JSON that is too deep', [questions], '['.repeat(1e5) + ']'.repeat(1e5), 'failed', 'not JSON'], // prettier-ignore
    ['for a person', [contains('a'), person('It is polite.')], 'a', 'needs_person', 'It is polite.'], // prettier-ignore
    ['that fails before a person looks', [person('It is polite.'), contains('b')], 'a', 'failed', 'does not contain "b"'], // prettier-ignore
  ])('%s', (_what, expected, answer, verdict, reason) => {
    const judged = judgeAnswer(expected, answer);
    expect(judged.verdict).toBe(verdict);
    if (reason === '') expect(judged.reason).toBe('');
    else expect(judged.reason).toContain(reason);
  });

  test('says everything that is wrong, at once and in bounds', () => {
    expect(judgeAnswer([contains('a'), lacks('b'), questions], 'b').reason.match(/The answer/g)).toHaveLength(3); // prettier-ignore
    const many = Array.from({ length: 100 }, (_, index) => contains(`${index}`.repeat(300)));
    expect(judgeAnswer(many, '').reason.length).toBeLessThanOrEqual(2_000);
  });
});

it('the sentence about what a person has to judge ends once', () => {
  const { reason } = judgeAnswer([person('It is brief'), person('It is polite.')], 'x');
  expect(reason).toBe('Somebody has to say whether it is as expected: It is brief; It is polite.');
});
