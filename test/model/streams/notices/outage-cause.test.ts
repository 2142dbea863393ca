import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../../model/streams/errors.ts';
import { causeOf, causeWords } from '../../../../model/streams/notices/outage-cause.ts';
import type { LaneName } from '../../../../model/streams/outage.ts';

const place = {
  repositoryUrl: 'https://bot@Git.example.com:443/a/b.git',
  credentialId: 'c1',
  sourceUrl: 'https://connection.example.com/',
};

describe('the cause of an outage', () => {
  it.each<[LaneName, FailureCode, string | null]>([
    ['repository', 'repository_unreachable', 'git-host:https://git.example.com'],
    ['review', 'repository_unreachable', 'review-host:https://git.example.com'],
    ['repository', 'credential_refused', 'credential:c1'],
    ['review', 'credential_refused', 'review-credential:c1'],
    ['source', 'source_unreachable', 'source:https://connection.example.com'],
    ['repository', 'source_timeout', 'source:https://connection.example.com'],
    ['repository', 'repository_timeout', null],
    ['repository', 'repository_not_found', null],
    ['repository', 'history_lost', null],
    ['source', 'source_token_refused', null],
    ['repository', 'internal_error', null],
  ])('of %s, %s is %s', (lane, code, cause) => {
    expect(causeOf({ lane, code }, place)).toBe(cause);
  });

  it('is unknown without a host, a credential or a platform', () => {
    const none = { repositoryUrl: 'file:///srv/a.git', credentialId: null, sourceUrl: null };
    for (const code of ['repository_unreachable', 'credential_refused', 'source_timeout'] as const)
      expect(causeOf({ lane: 'repository', code }, none)).toBeNull();
    expect(
      causeOf(
        { lane: 'repository', code: 'repository_unreachable' },
        { ...none, repositoryUrl: 'ssh://git@git.example.com:2222/a.git' },
      ),
    ).toBe('git-host:ssh://git.example.com:2222');
  });

  it('is said in words', () => {
    expect(causeWords('source:https://connection.example.com', '')).toMatchObject({
      ...{ name: 'the platform https://connection.example.com', trouble: 'cannot be reached' },
    });
    expect(causeWords('review-credential:c1', 'bot')).toMatchObject({
      ...{ name: 'the credential "bot"', trouble: 'is refused for reviews' },
    });
  });
});
