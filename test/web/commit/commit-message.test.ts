import { expect, it } from 'vitest';
import { messageParts } from '../../../web/pages/mirror/commit/commit-message.ts';

const trailers = 'Co-authored-by: Jan Novák <jan@example.com>\nGitward-Reason: changes';

it('A message is shown without the lines that are meant for programs', () => {
  expect(
    messageParts(`    Change "Orders"\n    by Eva\n\n    Change "Lines"\n\n${trailers}\n`),
  ).toEqual({
    text: 'Change "Orders"\nby Eva\n\nChange "Lines"',
    coAuthors: ['Jan Novák'],
  });
  expect(messageParts(trailers)).toEqual({ text: '', coAuthors: ['Jan Novák'] });
});

it('A message whose last paragraph is for people is shown whole', () => {
  const text = 'See below.\n\nReason: it was late\nand dark';
  expect(messageParts(text)).toEqual({ text, coAuthors: [] });
  expect(messageParts('')).toEqual({ text: '', coAuthors: [] });
});
