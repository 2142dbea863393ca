import { expect, it } from 'vitest';
import { holdText } from '../../../cli/commands/mirror/hold-text.ts';

const nothing = { count: 0, first: [] };
const tip = {
  sha: 'b'.repeat(40),
  author: { name: 'Eve\u001b[31m', email: 'eve@example.com' },
  authoredAt: '2026-03-01T12:00:00.000Z',
  subject: 'Start over',
};
const hold = {
  removal: null,
  ...{ code: 'history_lost' as const, message: 'Rewritten.', since: '2026-03-01T12:01:00.000Z' },
  tip,
  lastCommit: {
    ...{ sha: 'a'.repeat(40), committedAt: '2026-03-01T11:00:00.000Z' },
    isReachable: false,
  },
  commits: { items: [tip], hasMore: true },
  files: {
    ...{ adds: nothing, unjudged: nothing },
    replaces: { count: 1, first: ['configs/a\u0007.md'] },
    removes: { count: 102, first: ['configs/b.md'] },
  },
};

it('says what is there, what approving would do, and how to approve exactly that', () => {
  expect(holdText(hold)).toMatchInlineSnapshot(`
    "held since   2026-03-01T12:01:00.000Z (history_lost)
    reason       Rewritten.
    last commit  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of 2026-03-01T11:00:00.000Z, not in the branch
    branch       bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb Start over

    COMMIT        AT                        BY        SUBJECT
    bbbbbbbbbbbb  2026-03-01T12:00:00.000Z  Eve [31m  Start over
    There are more.

    Approving would overwrite 1 file:
      configs/a .md

    Approving would remove 102 files:
      configs/b.md
      and 101 more

    To approve exactly this: mirrors approve PROJECT BRANCH --tip bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
  `);
});

it('says that the branch is gone', () => {
  const gone = holdText({ ...hold, tip: null, commits: { items: [], hasMore: false } });
  expect(gone).toContain('branch       does not exist');
  expect(gone).toContain('There are no other commits since.');
  expect(gone).toContain('--tip none');
});

it('says what would go because the platform no longer lists it', () => {
  const held = {
    ...hold,
    ...{ code: 'mass_removal' as const, tip: null, lastCommit: null },
    removal: { id: 'c'.repeat(64), total: 300 },
  };
  const text = holdText(held);
  expect(text).toContain('Approving would remove, of 300, 102 files:');
  expect(text).toContain(`--removal ${'c'.repeat(64)}`);
});
