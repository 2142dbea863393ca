import { expect, test } from 'vitest';
import type { Mirror } from '../../../web/api/types.ts';
import {
  changeSentences,
  type ChangePreview,
} from '../../../web/pages/mirror/settings/change-sentences.ts';
import {
  isSame,
  settingsBody,
  settingsForm,
} from '../../../web/pages/mirror/settings/settings-form.ts';

const mirror = {
  repository: {
    url: 'https://git.example/x.git',
    branch: 'main',
    subdirectory: '',
    credentialId: null,
  },
  secrets: 'encrypted',
  secretsInText: 'warn',
  allowedSecrets: { paths: ['docs/*'], fingerprints: ['a'.repeat(32)] },
  samples: {
    ...{ enabled: true, rows: 10, formats: ['csv'], exclude: [], personalDataTags: ['pii'] },
    excludeMetadata: [
      { key: 'a', value: null },
      { key: 'b', value: 'c=d' },
    ],
    ...{ mask: { columns: ['*email*'] }, refresh: '6h', maxBytes: 2_000, state: 'on', reason: '' },
  },
  jobs: { enabled: true, retainDays: 30, include: 'all' },
  storage: { volatile: false },
  branchPath: 'name',
  developmentBranches: { link: ['feature/*'], gitBranch: '{branch}' },
  notify: { emails: [] },
  commits: {
    ...{ committer: null, subjectPrefix: '', subjectSuffix: '[skip ci]', pushOptions: [] },
    ...{ authors: [{ from: 'a', name: 'A', email: 'a@example.com' }], noReply: true },
  },
  ...{ attributes: true, drift: 'restore', newBranch: 'empty' },
} as unknown as Mirror;

test('a form that nobody changed sends the settings as they are', () => {
  const { state, reason, ...samples } = mirror.samples;
  expect([state, reason]).toEqual(['on', '']);
  expect(settingsBody(settingsForm(mirror))).toEqual({ ...mirror, samples });
});

test('a changed form is told from an unchanged one; spaces at the ends do not count', () => {
  const form = settingsForm(mirror);
  expect(isSame(form, { ...form, url: ` ${form.url} ` })).toBe(true);
  expect(isSame(form, { ...form, retainDays: 31 })).toBe(false);
  expect(settingsBody({ ...form, retainDays: '' }).jobs.retainDays).toBe(0);
});

const none = { count: 0, first: [] };
const nothing: ChangePreview = {
  ...{ resync: null, moves: false, repository: null, commit: null, sampledTables: 0 },
  ...{ adoptionNeeded: null, warnings: none },
};
const commit = {
  adds: none,
  replaces: none,
  removes: none,
  removedRuns: 0,
  removedSamples: 0,
  unchanged: 3,
};
const said: [Partial<ChangePreview>, string[]][] = [
  [{}, ['No file is written or removed.']],
  [{ resync: 'policy' }, ['It could not be found out which files change.']],
  [{ resync: 'policy', commit }, ['Everything is rendered anew, and no file differs.']],
  [
    { resync: 'policy', commit: { ...commit, replaces: { count: 212, first: [] } } },
    ['212 files will be rewritten by one commit.'],
  ],
  [
    {
      resync: 'policy',
      commit: {
        ...{ ...commit, replaces: { count: 1, first: [] } },
        ...{ adds: { count: 3, first: [] }, removes: { count: 1_200, first: [] } },
      },
    },
    ['1 file will be rewritten, 3 added and 1,200 removed by one commit.'],
  ],
  [
    {
      resync: 'policy',
      commit: { ...commit, removes: { count: 1_410, first: [] }, removedRuns: 1_400 },
    },
    ['1,410 files will be removed by one commit.', 'Of the removed ones, 1,400 are job runs.'],
  ],
  [
    { resync: 'samples', commit, sampledTables: 14 },
    [
      'Everything is rendered anew, and no file differs.',
      'Samples of 14 tables will be read, and written with that commit.',
    ],
  ],
];
test.each(said)('what would happen is said in sentences %#', (preview, sentences) => {
  expect(changeSentences({ ...nothing, ...preview })).toEqual(sentences);
});
