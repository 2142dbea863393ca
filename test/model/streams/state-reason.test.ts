import { describe, expect, it, test } from 'vitest';
import { spaceReason, type ExplainedSpace } from '../../../model/knowledge/space-reason.ts';
import { mirrorReason, type ExplainedMirror } from '../../../model/mirror/mirror-reason.ts';
import { heldCodes, personCodes, type FailureCode } from '../../../model/streams/errors.ts';
import { failureWords } from '../../../model/streams/failure-words.ts';

const mirror: ExplainedMirror = {
  ...{ state: 'synced', waiting: 0, outage: null, resyncReason: null, ending: null },
  ...{ endedBecause: null, samplesEnabled: false, visibility: null },
};
const space: ExplainedSpace = {
  ...{ state: 'synced', waiting: 0, outage: null, held: 0, openConflicts: 0 },
  hasHeldKinds: false,
  hasHeldRules: false,
};
const repository = (code: FailureCode) => ({ lane: 'repository', code }) as const;

describe('the reason of a mirror', () => {
  const merged = { kind: 'merged', at: '2026-03-01T12:00:00Z', by: null } as const;
  test.each<[string, Partial<ExplainedMirror>, string | null]>([
    ['in step', {}, null],
    [
      'paused',
      { state: 'paused', waiting: 1 },
      'Paused: nothing is read or sent until somebody resumes it. 1 change waits.',
    ],
    [
      'held',
      { state: 'held', outage: repository('not_adopted'), waiting: 2 },
      "Changes cannot be sent to Git: there already are somebody else's files. " +
        'Look at the repository, and approve it if Gitward may write there. 2 changes wait.',
    ],
    [
      'escalated',
      { state: 'escalated', outage: repository('repository_unreachable') },
      'Changes cannot be sent to Git: the repository cannot be reached. Check that its host works. ' +
        'Gitward tries again by itself. It has lasted so long that the admins were told again.',
    ],
    [
      'retrying because of its source',
      { state: 'retrying', outage: { lane: 'source', code: 'source_token_refused' } },
      "The project cannot be read: the platform refuses the project's token. " +
        'Give the project a token that may read it.',
    ],
    [
      'retrying because a resync cannot read the source',
      { state: 'retrying', outage: repository('source_timeout') },
      'The project cannot be read: the platform did not answer in time. Check that it works. ' +
        'Gitward tries again by itself.',
    ],
    [
      'initializing',
      { state: 'initializing' },
      'The whole project is being read for the first commit.',
    ],
    ['syncing changes', { state: 'syncing', waiting: 3 }, '3 changes are being sent to Git.'],
    [
      'syncing everything',
      { state: 'syncing', waiting: 3, resyncReason: 'policy' },
      'The whole project is being compared with the repository.',
    ],
    [
      'pending',
      { state: 'pending', waiting: 1 },
      '1 change waits a moment for others, to become one commit.',
    ],
    [
      'ending',
      { state: 'syncing', waiting: 1, ending: merged },
      '1 change is being sent to Git. The branch was merged in the platform: the mirror ends when everything is in Git.',
    ],
    [
      'ended',
      { state: 'ended', endedBecause: 'deleted' },
      'Its branch was deleted in the platform.',
    ],
    [
      'in step, but without the samples that somebody wants',
      {
        samplesEnabled: true,
        visibility: { result: 'public', reason: 'GitHub says that it is public.' },
      },
      'The repository is public, so no samples are written. GitHub says that it is public.',
    ],
  ])('that is %s', (_name, given, reason) => {
    expect(mirrorReason({ ...mirror, ...given })).toBe(reason);
  });
});

describe('the reason of a space', () => {
  test.each<[string, Partial<ExplainedSpace>, string | null]>([
    ['in step', {}, null],
    [
      'in step, with conflicts, schema files and rules that wait',
      { openConflicts: 2, hasHeldKinds: true, hasHeldRules: true },
      "2 conflicts wait for somebody's decision. Schema files wait until an admin accepts them. Rules of review wait until an admin accepts them.",
    ],
    [
      'in step, with saves that are held',
      { waiting: 1, held: 1 },
      '1 save is held back: the entries say why.',
    ],
    [
      'pending, with saves that are held',
      { state: 'pending', waiting: 3, held: 1 },
      '2 saves wait a moment for others, to become one commit. 1 save is held back: the entries say why.',
    ],
    [
      'retrying',
      { state: 'retrying', outage: repository('credential_refused') },
      'The space cannot be synced with Git: the host refuses the credential. Rotate the credential, or choose another one.',
    ],
  ])('that is %s', (_name, given, reason) => {
    expect(spaceReason({ ...space, ...given })).toBe(reason);
  });
});

describe('the words of a failure', () => {
  it('tell a person what to do wherever only a person can help', () => {
    for (const code of personCodes)
      expect(failureWords(code).whatToDo, code).not.toBe('Gitward tries again by itself.');
    for (const code of heldCodes)
      expect(failureWords(code).whatToDo, code).toMatch(/approve it|then retry/);
  });
});
