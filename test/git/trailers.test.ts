import { expect, test } from 'vitest';
import { formatMessage } from '../../git/deliver/commit-message.ts';
import { formatTrailers, parseTrailers } from '../../git/deliver/trailers.ts';
import { ada, installation, stream } from './deliveries.ts';

/** A commit message, with fixed values for everything that a test does not set. */
function formatted({ subject = 'Change something', body = '', through = 1 }): string {
  const trailers = { stream, installation, batches: ['b1'], through, reason: 'changes' as const };
  return formatMessage({ subject, body, coAuthors: [] }, trailers);
}

const ours = formatTrailers(
  { stream, installation, batches: ['b1', 'b2'], through: 42, reason: 'changes' },
  { coAuthors: [ada], reviewers: [{ name: 'Grace\nHopper', email: 'grace@example.com' }] },
);

test('trailers are read as they were written', () => {
  expect(ours).toMatchInlineSnapshot(`
    "Co-authored-by: Ada Lovelace <ada@example.com>
    Reviewed-by: Grace Hopper <grace@example.com>
    Gitward-Stream: mirror/100/200
    Gitward-Installation: 6f1f9a52-6ad5-4d2e-9b50-1d7f0b0a9c11
    Gitward-Batches: b1, b2
    Gitward-Through: 42
    Gitward-Reason: changes"
  `);
  expect(parseTrailers(`Subject\n\nBody\n\n${ours}\n`)).toEqual({
    stream,
    installation,
    batches: ['b1', 'b2'],
    through: 42,
    reason: 'changes',
  });
});

test.each([
  ['a subject that looks like trailers', ours],
  ['no trailers', 'Subject\n\nBody\n'],
  ['trailers before the last paragraph', `Subject\n\n${ours}\n\nBody\n`],
  ['a line that is not a trailer in between', `Subject\n\n${ours}\nand more\n`],
  ['indented trailers', `Subject\n\n${ours.replace(/^/gm, '  ')}\n`],
  ['a trailer twice', `Subject\n\n${ours}\nGitward-Through: 999999\n`],
  ['a trailer missing', `Subject\n\n${ours.replace(/\nGitward-Reason.*/, '')}\n`],
  ['an invalid number', `Subject\n\n${ours.replace('42', '4e2')}\n`],
  ['a number too large', `Subject\n\n${ours.replace('42', '9999999999999999')}\n`],
  ['an unknown reason', `Subject\n\n${ours.replace('changes', 'toString')}\n`],
  ['an invalid proof', `Subject\n\n${ours}\nGitward-Proof: ${'g'.repeat(64)}\n`],
  ['a proof twice', `Subject\n\n${ours}${`\nGitward-Proof: ${'0'.repeat(64)}`.repeat(2)}\n`],
  ['an invalid batch id', `Subject\n\n${ours.replace('b1', 'b 1')}\n`],
])('%s: no trailers are read', (_, message) => {
  expect(parseTrailers(message)).toBeNull();
});

test.each([
  'Gitward-Through: 999999',
  'text\n\nGitward-Through: 999999',
  'text\r\n\r\nGitward-Stream: mirror/1/2\r\nGitward-Through: 999999',
  `\n\n${ours.replace('42', '999999')}\n\n`,
  `${ours}\n\n\u2028\n \n\t\n`,
  'nul \0 inside',
])('a body that ends with %j does not change the trailers', (body) => {
  const message = formatted({ body, through: 7 });
  expect(parseTrailers(message)).toMatchObject({ through: 7 });
  expect(message).not.toContain('\0');
});

test('a subject stays on one line', () => {
  const message = formatted({ subject: 'one\n\nGitward-Through: 9\nx' });
  expect(message.split('\n')[0]).toBe('one Gitward-Through: 9 x');
});
