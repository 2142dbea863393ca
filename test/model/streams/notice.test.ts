import { describe, expect, it } from 'vitest';
import { personCodes } from '../../../model/streams/errors.ts';
import { composeNotice, type NoticeFacts } from '../../../model/streams/notice.ts';
import { spaceSubject } from '../../../model/knowledge/space-subject.ts';
import { mirrorSubject } from '../../../model/mirror/mirror-subject.ts';

const shop = (name: string) => mirrorSubject({ projectId: '12345', branchId: '1000' }, name);

const facts: NoticeFacts = {
  kind: 'escalated',
  subject: shop('Shop'),
  repositoryUrl: 'https://git.example.com/shop.git',
  repositoryBranch: 'main',
  lane: 'repository',
  since: new Date('2026-05-01T02:00:30Z'),
  endedAt: null,
  attempts: 37,
  code: 'repository_unreachable',
  message: 'Reading https://git.example.com/shop.git failed: no answer.',
  waiting: 12,
  nextAttemptAt: new Date('2026-05-01T05:05:00Z'),
};

describe('a notice', () => {
  it('of an outage says what fails, since when, how many changes are waiting, and what to do', () => {
    expect(composeNotice(facts)).toMatchInlineSnapshot(`
      {
        "subject": "[Gitward] Changes cannot be sent to Git (since 2026-05-01 02:00 UTC): Shop",
        "text": "Changes cannot be sent to Git. This has been failing since 2026-05-01 02:00 UTC (37 attempts).

      Mirror: Shop (project 12345, branch 1000)
      Repository: https://git.example.com/shop.git, branch main

      Reason (repository_unreachable): Reading https://git.example.com/shop.git failed: no answer.

      12 changes are waiting. Everything accepted is kept in the database and will be sent when this works again.

      What to do: see the reason above. Once it is fixed: gitward mirrors retry 12345 1000

      Gitward tries again at 2026-05-01 05:05 UTC, and keeps trying after that.
      ",
      }
    `);
  });

  it('of its end says how long it lasted, and that nothing has to be done', () => {
    const endedAt = new Date('2026-05-01T06:10:00Z');
    expect(composeNotice({ ...facts, kind: 'recovered', endedAt, waiting: 0 }))
      .toMatchInlineSnapshot(`
        {
          "subject": "[Gitward] Working again: Shop",
          "text": "The mirror of Shop (project 12345, branch 1000) to https://git.example.com/shop.git, branch main is working again.

        It was failing from 2026-05-01 02:00 UTC until 2026-05-01 06:10 UTC (37 attempts).

        No changes are waiting. Nothing was lost, and there is nothing for you to do.
        ",
        }
      `);
  });

  it.each([
    [{ lane: 'source' as const, code: 'source_timeout' as const }, 'The project cannot be read'],
    [{ code: 'source_token_refused' as const }, 'The project cannot be read'],
    [{ code: 'credential_refused' as const }, 'Changes cannot be sent to Git'],
  ])('says which part failed: %j', (some, what) => {
    expect(composeNotice({ ...facts, ...some }).text).toContain(what);
  });

  it.each([...personCodes])('says what to do about %s', (code) => {
    expect(composeNotice({ ...facts, code, kind: 'person_needed' }).text).toMatch(
      /What to do: .{20,}/,
    );
  });

  it.each([
    [0, 'No changes are waiting.'],
    [1, 'One change is waiting.'],
    [2, '2 changes are waiting.'],
  ])('counts %i waiting changes', (waiting, words) => {
    expect(composeNotice({ ...facts, waiting }).text).toContain(words);
  });

  it('has a subject of one line, whatever the project is called', () => {
    const name = 'Shop\r\nBcc: everybody@example.com\n\n';
    for (const subject of [shop(name), spaceSubject('sales', name)])
      for (const kind of ['person_needed', 'escalated', 'recovered', 'found'] as const) {
        const notice = composeNotice({ ...facts, kind, subject });
        expect(notice.subject).not.toMatch(/[\r\n]/);
        expect(notice.text).not.toMatch(/^Bcc/m);
      }
  });

  it('contains no user name or password from an address', () => {
    const repositoryUrl = 'https://eva:secret-token@git.example.com/shop.git';
    for (const kind of ['escalated', 'recovered', 'found'] as const) {
      const { text } = composeNotice({ ...facts, kind, repositoryUrl });
      expect(text).not.toContain('secret-token');
      expect(text).toContain('https://git.example.com/shop.git');
    }
  });
});

describe('a notice of a space', () => {
  const ofSpace: NoticeFacts = { ...facts, subject: spaceSubject('sales', 'Sales'), waiting: 2 };

  it('says what fails, since when, how many saves are waiting, and what to do', () => {
    expect(composeNotice(ofSpace)).toMatchInlineSnapshot(`
      {
        "subject": "[Gitward] The space cannot be synced with Git (since 2026-05-01 02:00 UTC): Sales",
        "text": "The space cannot be synced with Git. This has been failing since 2026-05-01 02:00 UTC (37 attempts).

      Knowledge space: Sales (sales)
      Repository: https://git.example.com/shop.git, branch main

      Reason (repository_unreachable): Reading https://git.example.com/shop.git failed: no answer.

      2 saves are waiting. Everything accepted is kept in the database and will be sent when this works again.

      What to do: see the reason above. Once it is fixed: gitward knowledge spaces retry sales

      Gitward tries again at 2026-05-01 05:05 UTC, and keeps trying after that.
      ",
      }
    `);
  });

  it('of the end says that nothing has to be done', () => {
    const endedAt = new Date('2026-05-01T06:10:00Z');
    const notice = composeNotice({ ...ofSpace, kind: 'recovered', endedAt, waiting: 1 });
    expect(notice.subject).toBe('[Gitward] Working again: Sales');
    expect(notice.text).toContain(
      'The knowledge space Sales (sales) in https://git.example.com/shop.git, branch main is working again.',
    );
    expect(notice.text).toContain('One save is waiting.');
  });

  it.each([
    ['history_lost' as const, 'gitward knowledge spaces approve sales'],
    ['public_repository' as const, 'gitward knowledge spaces set sales --public-kinds'],
    ['credential_refused' as const, 'the space then tries again by itself'],
    ['content_refused' as const, 'fix it in the entries'],
  ])('says what to do about %s', (code, words) => {
    const { text } = composeNotice({ ...ofSpace, code, kind: 'person_needed' });
    expect(text).toContain(words);
    expect(text).not.toContain('mirror');
  });
});
