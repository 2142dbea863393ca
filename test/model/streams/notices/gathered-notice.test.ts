import { describe, expect, it } from 'vitest';
import { spaceSubject } from '../../../../model/knowledge/space-subject.ts';
import { mirrorSubject } from '../../../../model/mirror/mirror-subject.ts';
import type { NoticeFacts } from '../../../../model/streams/notice.ts';
import {
  composeGathered,
  mostListed,
  type Gathered,
} from '../../../../model/streams/notices/gathered-notice.ts';
import { causeWords } from '../../../../model/streams/notices/outage-cause.ts';

const since = new Date('2026-05-01T02:00:30Z');
const facts = (at: number): NoticeFacts => ({
  kind: 'escalated',
  subject: mirrorSubject({ projectId: `${at}`, branchId: '1000' }, `Shop ${at}`),
  repositoryUrl: `https://git.example.com/${at}.git`,
  repositoryBranch: 'main',
  lane: 'repository',
  since: new Date(since.getTime() + at * 60_000),
  endedAt: null,
  attempts: 37,
  code: 'repository_unreachable',
  message: 'Reading https://git.example.com/1.git failed: no answer.',
  waiting: at,
  nextAttemptAt: new Date('2026-05-01T05:05:00Z'),
});
const space: NoticeFacts = { ...facts(2), subject: spaceSubject('sales', 'Sales') };
const two: Gathered = {
  ...{ kind: 'escalated', listed: [facts(1), space], counts: { mirror: 1, space: 1 }, since },
  cause: causeWords('git-host:https://git.example.com', ''),
};

describe('a notice of several outages', () => {
  it('says how many, why, since when, which, and what to do', () => {
    expect(composeGathered(two)).toMatchInlineSnapshot(`
      {
        "subject": "[Gitward] 1 mirror and 1 space: the Git host https://git.example.com cannot be reached (since 2026-05-01 02:00 UTC)",
        "text": "The Git host https://git.example.com cannot be reached. For that reason 1 mirror and 1 space fail, the first since 2026-05-01 02:00 UTC.

      - Mirror: Shop 1 (project 1, branch 1000), since 2026-05-01 02:01 UTC, 1 change waiting
      - Knowledge space: Sales (sales), since 2026-05-01 02:02 UTC, 2 saves waiting

      Reason of the first (repository_unreachable): Reading https://git.example.com/1.git failed: no answer.

      Everything accepted is kept in the database and will be sent when this works again.

      What to do: see whether it works, and whether it can be reached from here. All of them try again by themselves.

      Others that fail for the same reason in the next hours are not told of each: \`gitward status\` lists all.
      ",
      }
    `);
  });

  it('of their end says when each failed', () => {
    const endedAt = new Date('2026-05-01T06:10:00Z');
    const listed = two.listed.map((one) => ({ ...one, endedAt, waiting: 0 }));
    expect(composeGathered({ ...two, kind: 'recovered', listed })).toMatchInlineSnapshot(`
      {
        "subject": "[Gitward] Working again: 1 mirror and 1 space (the Git host https://git.example.com)",
        "text": "1 mirror and 1 space are working again. They failed because the Git host https://git.example.com could not be reached.

      - Mirror: Shop 1 (project 1, branch 1000), failed from 2026-05-01 02:01 UTC until 2026-05-01 06:10 UTC
      - Knowledge space: Sales (sales), failed from 2026-05-01 02:02 UTC until 2026-05-01 06:10 UTC

      Nothing was lost, and there is nothing for you to do.
      ",
      }
    `);
  });

  it('lists the first of many, in paragraphs that no channel cuts', () => {
    const listed = Array.from({ length: mostListed }, (_, at) => facts(at));
    const long = mirrorSubject({ projectId: '1', branchId: '2' }, 'x'.repeat(500));
    const { text, subject } = composeGathered({
      ...two,
      listed: [{ ...facts(0), subject: long }, ...listed.slice(1)],
      counts: { mirror: 120 },
    });
    expect(subject).toContain('120 mirrors');
    expect(text.match(/^- /gm)).toHaveLength(mostListed);
    expect(text).toContain('\nand 70 more\n');
    for (const part of text.split('\n\n')) expect(part.length).toBeLessThan(2_500);
  });

  it('of a credential names it, and says when its end has no one cause any more', () => {
    const cause = causeWords('credential:1', 'deploy-bot');
    expect(composeGathered({ ...two, kind: 'person_needed', cause })).toMatchObject({
      subject: '[Gitward] 1 mirror and 1 space: the credential "deploy-bot" is refused',
      text: expect.stringContaining('gitward credentials rotate'),
    });
    expect(composeGathered({ ...two, kind: 'recovered', cause: null }).subject).toBe(
      '[Gitward] Working again: 1 mirror and 1 space',
    );
  });
});
