import { expect, it } from 'vitest';
import { span } from '../../../workflows/streams/story.ts';

it.each([
  [0, '0 s'],
  [30_000, '30 s'],
  [300_000, '5 min'],
  [10_800_000, '3 h'],
  [5_430_000, '1 h 30 min'],
  [-5, '0 s'],
])('%i ms are %s', (milliseconds, words) => {
  expect(span(milliseconds)).toBe(words);
});
