import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSendMail } from '../../../cli/parts/mail.ts';
import { readConfig } from '../../../config.ts';
import { putRefused } from '../../../db/streams/refused-files.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { createToken } from '../../../db/access/tokens.ts';
import type { FailureCode } from '../../../model/streams/errors.ts';
import type { NoticeKind } from '../../../model/streams/outage.ts';
import { startMailServer } from '../../support/mail-server.ts';
import { activitiesUnderTest, orders } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const post = await startMailServer();
const usual = createSendMail(
  readConfig({ GITWARD_SMTP_URL: post.url, GITWARD_MAIL_FROM: 'gitward@example.com' }),
);
afterAll(() => post.close());
beforeEach(async () => {
  // A message about the host would also cover the outage of the next test.
  await under.db.updateTable('outages').set({ endedAt: new Date() }).execute();
  post.mails.length = 0;
  post.refuse = null;
  post.refusedRecipients.clear();
  under.mail.send = usual;
});

/** A mirror with an outage that these addresses are to be notified of. */
async function outage(emails: string[], code: FailureCode = 'repository_unreachable') {
  const notify = { emails, slackWebhook: null, webhook: null };
  const mirror = await under.settledMirror({ policy: { notify } });
  await mirror.accept(mirror.platform.change(orders));
  const { id } = await recordFailure(under.db, {
    stream: mirror.stream,
    lane: 'repository',
    attemptStartedAt: '2026-05-01T02:00:00.000Z',
    nextAttemptAt: '2026-05-01T02:05:00.000Z',
    code,
    message: 'Reading failed. It said: connection refused',
  });
  return {
    mirror,
    id,
    tell: (kind: NoticeKind) =>
      under.run(() => under.activities.notifyAdmins({ outageId: id, kind })),
    end: () => under.activities.endOutage({ outageId: id }),
  };
}

const heard = () => post.mails.map(({ to, subject }) => `${to.join()}: ${subject}`).sort();

describe('admins', () => {
  it('are each notified once, however often it is requested', async () => {
    const { tell } = await outage(['eva@example.com', 'jan@example.com']);
    expect(await tell('escalated')).toEqual({ recipients: 2 });
    expect(await tell('escalated')).toEqual({ recipients: 0 });
    expect(heard()).toEqual([
      'eva@example.com: [Gitward] Changes cannot be sent to Git (since 2026-05-01 02:00 UTC): Shop',
      'jan@example.com: [Gitward] Changes cannot be sent to Git (since 2026-05-01 02:00 UTC): Shop',
    ]);
    const { text, from } = post.mails[0]!;
    expect(from).toBe('gitward@example.com');
    expect(text).toContain('connection refused');
    expect(text).toContain('One change is waiting.');
    expect(text).toContain('What to do:');
    expect(text).toContain('gitward mirrors retry');
  });

  it('are notified once by two workers that do it at the same time', async () => {
    const { tell } = await outage(['eva@example.com', 'jan@example.com']);
    const both = await Promise.allSettled([tell('escalated'), tell('escalated')]);
    // Each may find that the other one is telling somebody: then it comes back.
    for (const one of both)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ type: 'NoticeWaitsItsTurn' });
    await tell('escalated');
    expect(heard()).toHaveLength(2);
  });

  it('are notified once the server that refused is back, but not those who already were', async () => {
    const { tell, id } = await outage(['eva@example.com', 'jan@example.com']);
    post.refusedRecipients.add('jan@example.com');
    await expect(tell('escalated')).rejects.toThrow(/jan@example\.com: .*No such mailbox/);
    expect(heard()).toHaveLength(1);
    const { lastError } = await under.db
      .selectFrom('notices')
      .select('lastError')
      .where('outageId', '=', id)
      .where('sentAt', 'is', null)
      .executeTakeFirstOrThrow();
    expect(lastError).toContain('No such mailbox');
    post.refusedRecipients.clear();
    expect(await tell('escalated')).toEqual({ recipients: 1 });
    expect(heard()).toHaveLength(2);
  });

  it('cannot be notified without a mail server, which is an error, but are once there is one', async () => {
    const { tell } = await outage(['eva@example.com']);
    under.mail.send = createSendMail(readConfig({}));
    await expect(tell('escalated')).rejects.toThrow('GITWARD_SMTP_URL');
    under.mail.send = usual;
    expect(await tell('escalated')).toEqual({ recipients: 1 });
  });

  it('are notified of the end if they were notified of the outage', async () => {
    const { tell, end } = await outage(['eva@example.com', 'jan@example.com']);
    post.refusedRecipients.add('jan@example.com');
    await tell('escalated').catch(() => undefined);
    post.refusedRecipients.clear();
    expect(await end()).toEqual({ notices: ['escalated'] });
    expect(await tell('escalated')).toEqual({ recipients: 0 });
    expect(await tell('recovered')).toEqual({ recipients: 1 });
    expect(await tell('recovered')).toEqual({ recipients: 0 });
    expect(heard()).toEqual([
      'eva@example.com: [Gitward] Changes cannot be sent to Git (since 2026-05-01 02:00 UTC): Shop',
      'eva@example.com: [Gitward] Working again: Shop',
    ]);
  });

  it('are notified of the end after the outage, even if both are sent at the same time', async () => {
    const { tell, end } = await outage(['eva@example.com']);
    let sent: () => void = () => undefined;
    const sending = new Promise<void>((resolve) => (sent = resolve));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    under.mail.send = async (mail) => {
      sent();
      await held;
      await usual(mail);
    };
    const trouble = tell('escalated');
    await sending;
    await end();
    await expect(tell('recovered')).rejects.toThrow('Another worker is telling');
    release();
    await trouble;
    expect(await tell('recovered')).toEqual({ recipients: 1 });
    expect(post.mails.map(({ subject }) => subject.includes('again'))).toEqual([false, true]);
  });

  it('are not notified of an outage that ended before anyone was notified of it', async () => {
    const { tell, end } = await outage(['eva@example.com']);
    await end();
    expect(await tell('escalated')).toEqual({ recipients: 0 });
    expect(await tell('recovered')).toEqual({ recipients: 0 });
    expect(heard()).toEqual([]);
  });

  it('of the installation are notified if the mirror names nobody; without any, a log line is written', async () => {
    const { tell, mirror } = await outage([], 'repository_not_found');
    expect(await tell('person_needed')).toEqual({ recipients: 1 });
    expect(heard()).toEqual([]);
    expect(
      under.logged.filter(({ message }) => message.startsWith('Nobody to notify')),
    ).toHaveLength(1);
    await createToken(under.db, {
      kind: 'person',
      name: 'Ops',
      email: 'ops@example.com',
      role: 'admin',
      projects: null,
      spaces: null,
    });
    expect(await tell('escalated')).toEqual({ recipients: 1 });
    expect(heard()[0]).toContain('ops@example.com');
    expect(await under.activities.readMirror(mirror.key)).toMatchObject({ unsentNotices: [] });
  });
});

describe('a notice that a lost workflow did not send', () => {
  it('is known to the next workflow', async () => {
    const { tell, end, id, mirror } = await outage(['eva@example.com', 'jan@example.com']);
    const untold = async () => (await under.activities.readMirror(mirror.key)).unsentNotices;
    expect(await untold()).toEqual([]);
    await under.activities.escalateOutage({ outageId: id });
    expect(await untold()).toEqual([{ outageId: id, kind: 'escalated' }]);
    post.refusedRecipients.add('jan@example.com');
    await tell('escalated').catch(() => undefined);
    expect(await untold()).toEqual([{ outageId: id, kind: 'escalated' }]);
    await end();
    expect(await untold()).toEqual([{ outageId: id, kind: 'recovered' }]);
    await tell('recovered');
    expect(await untold()).toEqual([]);
  });

  it('of refused files is sent although the outage that names them is over, and is the only one', async () => {
    const mirror = await under.settledMirror({
      policy: { notify: { emails: ['eva@example.com'] } },
    });
    const file = { path: 'configs/a.json', blobId: 'a'.repeat(40), rule: 'GH013: a secret' };
    await putRefused(under.db, mirror.stream, [file]);
    const outageId = (await mirror.deliver()).refusals!;
    expect((await mirror.deliver()).refusals).toBe(outageId);
    const tell = () => under.run(() => under.activities.notifyAdmins({ outageId, kind: 'found' }));
    post.refusedRecipients.add('eva@example.com');
    await tell().catch(() => undefined);
    const untold = async () => (await under.activities.readMirror(mirror.key)).unsentNotices;
    expect(await untold()).toEqual([{ outageId, kind: 'found' }]);
    post.refusedRecipients.clear();
    expect(await tell()).toEqual({ recipients: 1 });
    expect(heard()).toEqual(['eva@example.com: [Gitward] The host refuses files: Shop']);
    expect(post.mails[0]!.text).toContain('configs/a.json (GH013: a secret)');
    expect(await untold()).toEqual([]);
    expect((await mirror.deliver()).refusals).toBeUndefined();
  });

  it('is ignored if its outage is unknown', async () => {
    const notice = { outageId: randomUUID(), kind: 'escalated' as const };
    expect(await under.run(() => under.activities.notifyAdmins(notice))).toEqual({ recipients: 0 });
  });
});

describe('admins of a space', () => {
  /** A space with a waiting save and an outage that these addresses are to be notified of. */
  async function spaceOutage(emails: string[]) {
    const id = `space-${randomUUID().slice(0, 8)}`;
    await under.db
      .insertInto('spaces')
      .values({
        id,
        name: 'Sales',
        repositoryUrl: 'https://git.example.com/knowledge.git',
        repositoryBranch: 'main',
        root: 'knowledge',
        rules: JSON.stringify({ publicKinds: [], index: true, notify: { emails } }),
        lastSequence: 1,
      })
      .execute();
    await under.db
      .insertInto('saves')
      .values({
        id: randomUUID(),
        spaceId: id,
        sequence: 1,
        entryId: 'acme',
        kind: 'customer',
        path: 'knowledge/customers/acme.md',
        action: 'edit',
        person: '{}',
        via: 'api',
        state: 'waiting',
      })
      .execute();
    const { id: outageId } = await recordFailure(under.db, {
      stream: `space/${id}`,
      lane: 'repository',
      attemptStartedAt: '2026-05-01T02:00:00.000Z',
      nextAttemptAt: '2026-05-01T02:05:00.000Z',
      code: 'history_lost',
      message: 'The branch lost our last commit.',
    });
    return {
      id,
      outageId,
      tell: (kind: NoticeKind) =>
        under.run(() => under.activities.notifyAdmins({ outageId, kind })),
    };
  }

  it('are notified once of the outage and once of its end', async () => {
    const { id, outageId, tell } = await spaceOutage(['eva@example.com']);
    expect(await tell('person_needed')).toEqual({ recipients: 1 });
    expect(await tell('person_needed')).toEqual({ recipients: 0 });
    expect(heard()).toEqual([
      'eva@example.com: [Gitward] The space cannot be synced with Git: Sales',
    ]);
    const { text } = post.mails[0]!;
    expect(text).toContain('https://git.example.com/knowledge.git, branch main');
    expect(text).toContain('One save is waiting.');
    expect(text).toContain(`gitward knowledge spaces approve ${id}`);
    await under.activities.endOutage({ outageId });
    expect(await tell('recovered')).toEqual({ recipients: 1 });
    expect(heard()).toContain('eva@example.com: [Gitward] Working again: Sales');
  });

  it('are those of the installation if the space names nobody', async () => {
    await createToken(under.db, {
      kind: 'person',
      name: 'Operations',
      email: 'operations@example.com',
      role: 'admin',
      projects: null,
      spaces: null,
    });
    const { tell } = await spaceOutage([]);
    await tell('escalated');
    expect(heard().join()).toContain('operations@example.com');
  });
});
