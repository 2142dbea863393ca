import { describe, expect, it } from 'vitest';
import { changeOf } from '../../../web/parts/knowledge/change-of-space.ts';
import type { Space } from '../../../web/api/types.ts';
import { newSpaceSearch } from '../../../web/pages/space/add/new-space-search.ts';
import {
  emptySpaceDraft,
  idOf,
  keptSpaceDraft,
  parseSpaceDraft,
  spaceBody,
} from '../../../web/pages/space/add/space-draft.ts';
import { spaceFindings } from '../../../web/pages/space/add/space-findings.ts';
import { outcomeWords } from '../../../web/pages/space/operations/outcome-words.ts';
import { diffLines } from '../../../web/pages/space/reviews/diff-lines.ts';
import { reviewsSearch } from '../../../web/pages/space/reviews/reviews-search.ts';
import { wordsLeft } from '../../../web/pages/space/reviews/words-left.ts';
import { spaceChange, spaceForm } from '../../../web/pages/space/settings/settings-form.ts';
import {
  likelyScheme,
  newSecret,
  webhookPage,
} from '../../../web/pages/space/settings/webhook-settings.ts';

const space: Space = {
  ...{ id: 'sales', name: 'Sales', state: 'synced', waitingSaves: 0, openConflicts: 0 },
  ...{ entries: { skill: 1 }, root: 'knowledge', syncedCommit: 'a', lastSyncedAt: null },
  repository: { url: 'https://git.example/sales.git', branch: 'main', credentialId: 'c1' },
  ...{ lastCommit: null, outage: null, kinds: [], problems: { count: 0, first: [] } },
  ...{ heldKinds: null, heldRules: null, webhook: null, visibility: null },
  rules: {
    ...{ publicKinds: [], index: true, notify: { emails: ['a@b.cz'], channels: ['ch'] } },
    ...{ commits: { message: 'plain' }, secretsInText: 'mask' },
    allowedSecrets: { paths: [], fingerprints: [] },
  } as unknown as Space['rules'],
  ...{ createdAt: '2026-03-01T12:00:00Z', updatedAt: '2026-03-01T12:00:00Z' },
  ...{ pausedAt: null, endedAt: null, checks: null },
};

describe('a new space', () => {
  it.each([
    ['Sales knowledge', '', 'sales-knowledge'],
    ['Příručka obchodu!', '', 'prirucka-obchodu'],
    ['  --A  B-- ', '', 'a-b'],
    ['知识', '', ''],
    ['x'.repeat(100), '', 'x'.repeat(64)],
    ['Sales', ' own ', 'own'],
  ])('named %j with the id %j has the id %j', (name, id, expected) => {
    expect(idOf({ name, id })).toBe(expected);
  });

  it('is sent without what is around addresses and folders', () => {
    const draft = {
      ...emptySpaceDraft,
      ...{ url: ' https://git.example/a.git ', branch: ' main', root: '/docs/ ', name: ' A ' },
      ...{ credential: 'c1', emails: ['a@b.cz'] },
    };
    expect(spaceBody(draft)).toEqual({
      ...{ id: 'a', name: 'A', root: 'docs' },
      repository: { url: 'https://git.example/a.git', branch: 'main', credentialId: 'c1' },
      rules: { index: true, notify: { emails: ['a@b.cz'] } },
    });
    for (const credential of ['', 'none', 'new'])
      expect(spaceBody({ ...draft, credential }).repository.credentialId).toBeNull();
  });

  it('is kept without secrets, and read back whatever is there', () => {
    const draft = { ...emptySpaceDraft, url: 'https://eva:secret@git.example/a', name: 'A' };
    expect(JSON.stringify(keptSpaceDraft(draft))).not.toContain('secret');
    expect(parseSpaceDraft(JSON.stringify(keptSpaceDraft(draft))).name).toBe('A');
    for (const odd of [null, '', '[]', '{"name":3,"emails":[1]}', '{'])
      expect(parseSpaceDraft(odd)).toEqual(emptySpaceDraft);
  });

  it('has its step in the address, the last one only of a space', () => {
    expect(newSpaceSearch({ step: 'space' })).toEqual({ step: 'space' });
    expect(newSpaceSearch({ step: 'webhook', space: 2026 })).toEqual({
      ...{ step: 'webhook', space: '2026' },
    });
    for (const odd of [{ step: 'webhook' }, { step: 'webhook', space: 'a/b' }, { step: 'x' }])
      expect(newSpaceSearch(odd)).toEqual({});
  });

  it('may be on a protected branch, where every save becomes a review', () => {
    const found = {
      ...{ reachable: true, failure: null, empty: false, tip: 'a'.repeat(40) },
      ...{ pushAllowed: false, pushReason: 'No.', branchProtected: true },
      ...{ visibility: 'private' as const, visibilityReason: 'Yes.' },
    };
    const levels = (of: object) =>
      spaceFindings({ ...found, ...of }, 'main').map(({ level }) => level);
    expect(levels({})).toEqual(['good', 'good', 'note', 'good']);
    expect(levels({ branchProtected: false })).toEqual(['good', 'good', 'bad', 'good']);
    expect(levels({ pushAllowed: true, tip: null, visibility: 'public' })).toEqual([
      ...['good', 'note', 'good', 'note'],
    ]);
    expect(levels({ reachable: false, failure: { code: 'x', message: 'No answer.' } })).toEqual([
      'bad',
    ]);
  });
});

describe('the settings of a space', () => {
  const form = spaceForm(space);

  it('are sent only as far as they were changed', () => {
    expect(spaceChange(form, { ...form })).toBeNull();
    expect(spaceChange(form, { ...form, name: ' Other ' })).toEqual({ name: 'Other' });
    expect(
      spaceChange(form, { ...form, credential: 'none', root: '/x/', emails: [], index: false }),
    ).toEqual({
      ...{ repository: { credentialId: null }, root: 'x' },
      rules: { index: false, notify: { emails: [], channels: ['ch'] } },
    });
    // Both lists are sent, since the API replaces what may stay as a whole.
    const allowedFingerprints = ['0'.repeat(32)];
    expect(spaceChange(form, { ...form, secretsInText: 'warn', allowedFingerprints })).toEqual({
      rules: {
        secretsInText: 'warn',
        allowedSecrets: { paths: [], fingerprints: allowedFingerprints },
      },
    });
  });
});

describe('a webhook', () => {
  it.each([
    ['https://github.com/acme/a.git', 'github', 'https://github.com/acme/a/settings/hooks/new'],
    ['https://gitlab.com/acme/a.git', 'gitlab', 'https://gitlab.com/acme/a/-/hooks'],
    ['https://codeberg.org/a/b', 'gitea', 'https://codeberg.org/a/b/settings/hooks/gitea/new'],
    ['https://git.example/a/b.git', 'github', null],
    ['file:///srv/a.git', 'github', null],
  ] as const)('of %s is likely that of %s', (url, scheme, page) => {
    expect(likelyScheme(url)).toBe(scheme);
    expect(webhookPage(url, scheme)).toBe(page);
    expect(webhookPage(url, scheme === 'gitea' ? 'gitlab' : 'gitea')).toBeNull();
  });

  it('has a secret that nobody has had before', () => {
    expect(newSecret()).toMatch(/^[0-9a-f]{48}$/);
    expect(newSecret()).not.toBe(newSecret());
  });
});

it('the lists of a space are read again when something has changed, not when the branch was only looked at', () => {
  expect(changeOf({ ...space, lastSyncedAt: '2026-03-02T12:00:00Z' })).toBe(changeOf(space));
  for (const change of [
    { syncedCommit: 'b' },
    { waitingSaves: 1 },
    { openConflicts: 1 },
    { entries: { skill: 2 } },
    { state: 'held' as const },
  ])
    expect(changeOf({ ...space, ...change })).not.toBe(changeOf(space));
});

it('what became of an operation is said with what needs somebody first', () => {
  expect(outcomeWords({ counts: { read: 1_200, failed: 1, conflict: 2, unknown: 4 } })).toEqual([
    '1 item failed',
    '2 entries need a decision',
    '1,200 entries were read',
  ]);
  expect(outcomeWords({ counts: {} })).toEqual([]);
});

it('the lines of a unified diff keep their texts, whatever is in them', () => {
  const diff = '@@ -1,2 +1,2 @@\n same\n--- a rule\n+++ a sum\n\\ No newline at end of file\n';
  expect(diffLines(diff)).toEqual([
    { what: 'gap', text: '' },
    { what: 'same', text: 'same' },
    { what: 'removed', text: '-- a rule' },
    { what: 'added', text: '++ a sum' },
  ]);
  expect(diffLines('')).toEqual([{ what: 'same', text: '' }].slice(1));
});

describe('what one may say of a review', () => {
  const review = {
    ...{ needs: [{ name: 'A', approvals: 1, approvers: null, author: false }], approvals: [] },
    ...{ author: { name: 'Eva', email: 'eva@example.com' }, head: 'c', awaitsYou: true },
  };
  const jan = { kind: 'person' as const, email: 'jan@example.com' };
  const all = () => true;
  const reads = (role: string) => role === 'reader';
  const said = (verdict: 'approved' | 'changes_requested') => [
    {
      ...{ name: 'Jan', email: 'JAN@example.com', verdict, comment: '', head: 'c', at: '' },
      toldAs: null,
      toldWhy: '',
      dismissedBy: null,
    },
  ];

  it('depends on whether it waits for them, and on what they have said', () => {
    expect(wordsLeft(review, jan, reads)).toEqual({
      ...{ maySay: true, mayApprove: true, mayWithdraw: false, mayMerge: false, mayClose: false },
    });
    const approved = { ...review, approvals: said('approved'), awaitsYou: false };
    expect(wordsLeft(approved, jan, reads)).toMatchObject({ mayApprove: false, mayWithdraw: true });
    const asked = { ...review, approvals: said('changes_requested'), awaitsYou: false };
    expect(wordsLeft(asked, jan, reads)).toMatchObject({ mayApprove: true, mayWithdraw: true });
  });

  it('is nothing for authors, machines, and before there is a version; authors may close it', () => {
    const eva = { kind: 'person' as const, email: 'Eva@example.com' };
    const own = wordsLeft(
      { ...review, awaitsYou: false },
      eva,
      (role) => role === 'editor' || role === 'reader',
    );
    expect(own).toMatchObject({ maySay: false, mayApprove: false, mayClose: true });
    const machine = wordsLeft(review, { kind: 'machine', email: null }, all);
    expect(machine).toMatchObject({ maySay: false, mayApprove: false, mayClose: true });
    expect(wordsLeft({ ...review, head: null }, jan, all).maySay).toBe(false);
    expect(wordsLeft({ ...review, needs: [] }, jan, all).mayMerge).toBe(true);
  });
});

it('reviews that have ended are in the address', () => {
  expect([reviewsSearch({ state: 'ended' }), reviewsSearch({ state: 'open' })]).toEqual([
    ...[{ state: 'ended' }, {}],
  ]);
});
