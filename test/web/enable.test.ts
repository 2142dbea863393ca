import { describe, expect, it, test } from 'vitest';
import {
  begunWith,
  emptyDraft,
  fits,
  keptDraft,
  mirrorBody,
  parseDraft,
  shownStep,
  withoutSuggestion,
  type Draft,
} from '../../web/pages/enable/draft.ts';
import { enableSearch } from '../../web/pages/enable/enable-search.ts';
import { findingsOf, mayContinue, type Checked } from '../../web/pages/enable/findings.ts';
import { sizeText } from '../../web/pages/enable/size-text.ts';

const full: Draft = {
  ...emptyDraft,
  ...{ project: '1', branch: '1000', credential: 'none', checked: 'private' },
  repository: { url: ' https://git.example/a.git ', branch: 'main', folder: '/shop/' },
};

describe('the step that is shown', () => {
  it.each<[string, Partial<Draft>, string]>([
    ['a complete draft', {}, 'preview'],
    ['no branch', { branch: '' }, 'project'],
    ['a project that was not added yet', { project: 'new' }, 'project'],
    ['a repository that was changed after its check', { checked: '' }, 'repository'],
    ['a credential that was not stored yet', { credential: 'new' }, 'repository'],
  ])('is the last one that the draft allows: %s', (_, changed, step) => {
    expect(shownStep('preview', { ...full, ...changed })).toBe(step);
    expect(shownStep(undefined, { ...full, ...changed })).toBe('project');
  });
});

describe('the draft', () => {
  it('is what was kept, and nothing where that is no draft', () => {
    expect(parseDraft(JSON.stringify(full))).toEqual(full);
    for (const text of [null, '', '[]', '3', '{"project":3,"samples":null,"emails":[1]}'])
      expect(parseDraft(text)).toEqual(emptyDraft);
  });

  it('has no place for a secret', () => {
    const kept = parseDraft(
      JSON.stringify({ ...full, token: 'hidden-token', source: { token: 'hidden-token' } }),
    );
    expect(JSON.stringify(kept)).not.toContain('hidden-token');
  });

  it('begins with the project and branch of the address, and keeps the rest', () => {
    expect(begunWith(full, {})).toBe(full);
    expect(begunWith(full, { project: '1' })).toBe(full);
    expect(begunWith(full, { project: '2', branch: '7' })).toEqual({
      ...full,
      ...{ project: '2', branch: '7', checked: '' },
    });
  });

  it('becomes a body without numbers of what is off', () => {
    expect(mirrorBody(full)).toEqual({
      repository: {
        ...{ url: 'https://git.example/a.git', branch: 'main', subdirectory: 'shop' },
        credentialId: null,
      },
      secrets: 'encrypted',
      samples: { enabled: false },
      jobs: { enabled: true, retainDays: 90 },
      notify: { emails: [] },
    });
  });
});

it('an address that makes no sense is left out, and an id may look like a number', () => {
  expect(enableSearch({ step: 'end', project: '../x', branch: {} })).toEqual({});
  expect(enableSearch({ step: 'preview', project: 12345, branch: '7' })).toEqual({
    ...{ step: 'preview', project: '12345', branch: '7' },
  });
});

it.each([
  ['https://git.example', 'https://git.example/a.git', true],
  ['https://git.example', 'https://git.example:8443/a.git', false],
  ['https://git.example', 'git.example/a', false],
  [null, 'https://git.example/a.git', false],
])('a credential for %s may be sent to %s: %s', (origin, url, may) => {
  expect(fits(origin, url)).toBe(may);
});

it.each([
  [300, '300 bytes'],
  [1_234, '1.2 kB'],
  [56_000_000, '56 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

describe('what was found in a repository', () => {
  const good: Checked = {
    ...{ reachable: true, failure: null, empty: true, tip: null },
    ...{ pushAllowed: true, pushReason: '', branchProtected: null },
    ...{ visibility: 'private', visibilityReason: 'GitHub says so.', placeTaken: null },
  };
  const levels = (found: Partial<Checked>) =>
    findingsOf({ ...good, ...found }, 'main').map(({ level }) => level);

  it.each<[string, Partial<Checked>, string, boolean]>([
    ['all is well', {}, 'good good good good', true],
    ['there is a branch', { empty: false, tip: 'a'.repeat(40) }, 'good note good good', true],
    ['it may not push', { pushAllowed: false, pushReason: 'No.' }, 'good good bad good', true],
    [
      'nobody knows',
      { pushAllowed: null, branchProtected: true },
      'good good note note good',
      true,
    ],
    [
      'its branch is protected, and it may push',
      { branchProtected: true },
      'good good good good',
      true,
    ],
    ['it is public', { visibility: 'public' }, 'good good good note', true],
    ['another mirror writes there', { placeTaken: 'mirror/1/2' }, 'good bad good good good', false],
    [
      'it cannot be reached',
      { reachable: false, failure: { code: 'repository_not_found', message: 'None.' } },
      'bad',
      false,
    ],
  ])('is said in the order in which it matters: %s', (_, found, expected, may) => {
    expect(levels(found).join(' ')).toBe(expected);
    expect(mayContinue({ ...good, ...found })).toBe(may);
  });
});

test('what is kept has no address with a token in it', () => {
  const url = 'https://eva:a-token@git.example/x.git';
  const kept = keptDraft({
    ...emptyDraft,
    source: { ...emptyDraft.source, url },
    repository: { ...emptyDraft.repository, url: ` ${url}`, folder: 'shop' },
  });
  expect(JSON.stringify(kept)).not.toContain('a-token');
  expect(kept.repository.folder).toBe('shop');
  const harmless = { ...emptyDraft.repository, url: 'https://git.example/x.git' };
  expect(keptDraft({ ...emptyDraft, repository: harmless }).repository).toEqual(harmless);
});

test('another project does not inherit the repository that was suggested for the first one', () => {
  const repository = { url: 'https://git.example/a.git', branch: '', folder: 'a' };
  const given = { ...emptyDraft, repository, credential: 'c' };
  expect(withoutSuggestion(given)).toEqual({});
  expect(withoutSuggestion({ ...given, isSuggested: true })).toEqual({
    repository: emptyDraft.repository,
    credential: '',
    isSuggested: false,
  });
});
