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

describe('the visibility of a repository', () => {
  test.each([
    // Any sign of being public decides.
    [host('private'), 'readable', 'public'],
    [host('public'), 'refused', 'public'],
    [host('public'), 'unknown', 'public'],
    [null, 'readable', 'public'],
    // It is private if the host says so, or if it refuses requests without a credential.
    [host('private'), 'refused', 'private'],
    [host('private'), 'unknown', 'private'],
    [null, 'refused', 'private'],
    [host('unknown'), 'refused', 'private'],
    [null, 'local', 'private'],
    // Otherwise it is unknown.
    [null, 'unknown', 'unknown'],
    [host('unknown'), 'unknown', 'unknown'],
    // Internal is private only if not everyone can sign up.
    [host('internal'), 'refused', 'private'],
    [host('internal', { openToSignUp: true }), 'refused', 'public'],
  ] as const)(
    "with the host's answer %j and anonymous access %s is %s",
    (answer, outcome, result) => {
      const judged = judgeVisibility(answer, anonymous(outcome));
      expect(judged.result).toBe(result);
      expect(judged.reason).toMatch(/\.$/);
    },
  );

  test('has the reasons of both answers if it is unknown', () => {
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
  'with samples enabled %s, repository %s and initialized %s, the state is %s',
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
])('the refresh interval %j is %s ms', (refresh, pace) => {
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
])('the pattern %s matches %s: %s', (pattern, text, matches) => {
  expect(matchesWildcard(pattern, text)).toBe(matches);
});
