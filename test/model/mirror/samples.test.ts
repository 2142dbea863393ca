import { describe, expect, test } from 'vitest';
import { refreshPace, samplesState } from '../../../model/mirror/samples.ts';
import {
  judgeVisibility,
  type AnonymousAccess,
  type HostAnswer,
} from '../../../model/streams/visibility.ts';
import { matchesWildcard } from '../../../model/text/wildcard.ts';

const host = (
  visibility: HostAnswer['visibility'],
  over: Partial<HostAnswer> = {},
): HostAnswer => ({
  host: 'GitHub',
  visibility,
  openToSignUp: false,
  pushAllowed: null,
  branchProtected: null,
  problem: visibility === 'unknown' ? 'Its API is away.' : '',
  ...over,
});
const anonymous = (outcome: AnonymousAccess['outcome']): AnonymousAccess => ({
  outcome,
  problem: outcome === 'unknown' ? 'It did not answer.' : '',
});

describe('who may read a repository', () => {
  test.each([
    // Any sign of public wins.
    [host('private'), 'readable', 'public'],
    [host('public'), 'refused', 'public'],
    [host('public'), 'unknown', 'public'],
    [null, 'readable', 'public'],
    // Private is what the host says, or what refuses who has no credential.
    [host('private'), 'refused', 'private'],
    [host('private'), 'unknown', 'private'],
    [null, 'refused', 'private'],
    [host('unknown'), 'refused', 'private'],
    [null, 'local', 'private'],
    // Else nobody knows.
    [null, 'unknown', 'unknown'],
    [host('unknown'), 'unknown', 'unknown'],
    // Internal protects where not everybody may sign up.
    [host('internal'), 'refused', 'private'],
    [host('internal', { openToSignUp: true }), 'refused', 'public'],
  ] as const)('host %j, anonymously %s: %s', (answer, outcome, result) => {
    const judged = judgeVisibility(answer, anonymous(outcome));
    expect(judged.result).toBe(result);
    expect(judged.reason).toMatch(/\.$/);
  });

  test('what is not known says why, of both', () => {
    expect(judgeVisibility(host('unknown'), anonymous('unknown')).reason).toBe(
      'It did not answer. Its API is away.',
    );
  });
});

test.each([
  [false, null, true, 'off'],
  [true, null, true, 'waiting'],
  [true, 'public', true, 'off'],
  [true, 'unknown', true, 'off'],
  [true, 'private', false, 'waiting'],
  [true, 'private', true, 'on'],
] as const)(
  'samples enabled %s, repository %s, initialized %s: %s',
  (enabled, result, initialized, state) => {
    const visibility = result && { result, reason: 'Because.' };
    expect(samplesState({ enabled }, { visibility, initialized }).state).toBe(state);
  },
);

test.each([
  ['change', 0],
  ['30m', 1_800_000],
  ['6h', 21_600_000],
  ['7d', 604_800_000],
  ['0d', null],
  ['1000d', null],
  ['7', null],
  ['1.5h', null],
  ['', null],
  ['7 d', null],
])('refresh %s is %s ms', (refresh, pace) => {
  expect(refreshPace(refresh)).toBe(pace);
});

test.each([
  ['in.c-crm.*', 'in.c-crm.customers', true],
  ['in.c-crm.*', 'in.c-crmx.customers', false],
  ['*mail*', 'E_MAIL_address', true],
  ['IN.C-CRM.*', 'in.c-crm.customers', true],
  ['*', '', true],
  ['', 'x', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*a*b', 'xaxxbxb', true],
  ['*.id', 'in.c-crm.idx', false],
  ['in.c-(a+)+', 'in.c-aaaa', false],
  [`${'*a'.repeat(40)}*b`, 'a'.repeat(20_000), false],
])('%s on %s: %s', (pattern, text, matches) => {
  expect(matchesWildcard(pattern, text)).toBe(matches);
});
