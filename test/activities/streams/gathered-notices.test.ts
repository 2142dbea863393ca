import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createNoticeRound } from '../../../activities/index.ts';
import { listNotices } from '../../../db/streams/notices/list-notices.ts';
import { insertChannel } from '../../../db/streams/notice-channels.ts';
import { claimNotice, noteSent } from '../../../db/streams/notices/claim.ts';
import { recordRecipients } from '../../../db/streams/notices/recorded.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { removeProject } from '../../../db/mirror/projects.ts';
import type { FailureCode } from '../../../model/streams/errors.ts';
import type { NoticeKind } from '../../../model/streams/outage.ts';
import { startNoticeHooks } from '../../support/notice-hooks.ts';
import { activitiesUnderTest } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const { db, activities } = under;
const hooks = await startNoticeHooks();
const mails: { to: string; subject: string; text: string }[] = [];
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
let hosts = 0;
let host = '';
let projects = 0;

afterAll(() => hooks.close());
beforeEach(async () => {
  hosts += 1;
  host = `https://git-${hosts}.example`;
  await db.deleteFrom('noticeChannels').execute();
  Object.assign(hooks, { requests: 0, answer: null });
  hooks.messages.length = 0;
  mails.length = 0;
  under.mail.send = (mail) => Promise.resolve(void mails.push(mail));
});

/** A mirror to the test's host, as it is in the database. */
async function mirror(
  emails: string[],
  { channels = [], at = host }: { channels?: string[]; at?: string } = {},
) {
  projects += 1;
  const projectId = `p${projects}`;
  const policy = JSON.stringify({ notify: { emails, channels } });
  await db
    .insertInto('projects')
    .values({ id: projectId, name: `Shop ${projects}`, sourceKind: 'sample' })
    .execute();
  await sql`
    INSERT INTO mirrors (project_id, branch_id, repository_url, repository_branch, subdirectory, policy)
    VALUES (${projectId}, '1', ${`${at}/${projectId}.git`}, 'main', '', ${policy})`.execute(db);
  const stream = `mirror/${projectId}/1`;
  let outageId = '';
  return {
    stream,
    projectId,
    get outageId() {
      return outageId;
    },
    async fails(code: FailureCode = 'repository_unreachable', startedAt = new Date()) {
      const { id } = await recordFailure(db, {
        ...{ stream, lane: 'repository', code, message: 'No answer.' },
        attemptStartedAt: startedAt.toISOString(),
        nextAttemptAt: new Date(startedAt.getTime() + 300_000).toISOString(),
      });
      outageId = id;
    },
    async escalates() {
      await activities.escalateOutage({ outageId });
      return tell({ outageId, kind: 'escalated' });
    },
    tell: (kind: NoticeKind) => tell({ outageId, kind }),
    async recovers() {
      const { notices } = await activities.endOutage({ outageId });
      return notices.length === 0 ? null : tell({ outageId, kind: 'recovered' });
    },
    pause: (pausedAt: Date | null = new Date()) =>
      db.updateTable('mirrors').set({ pausedAt }).where('projectId', '=', projectId).execute(),
    remove: () => db.transaction().execute((trx) => removeProject(trx, projectId)),
  };
}

const tell = (notice: { outageId: string; kind: NoticeKind }) =>
  under.run(() => activities.notifyAdmins(notice));

async function failing(count: number, emails: string[] | ((at: number) => string[])) {
  const all = [];
  for (let at = 0; at < count; at += 1) {
    const one = await mirror(typeof emails === 'function' ? emails(at) : emails);
    await one.fails();
    all.push(one);
  }
  return all;
}

const [eva, jan] = ['eva@example.com', 'jan@example.com'];
const subjects = (to: string) => mails.filter((mail) => mail.to === to).map((mail) => mail.subject);
const listedIn = (text = '') => text.split('\n').filter((line) => line.startsWith('- '));
const hoursPass = (hours: number) =>
  sql`UPDATE notices SET sent_at = sent_at - make_interval(hours => ${hours}), created_at = created_at - make_interval(hours => ${hours}),
    message_sent_at = message_sent_at - make_interval(hours => ${hours})`.execute(db);

const round = createNoticeRound({
  db,
  sealer: under.sealer,
  sendNotice: (_target, notice) => under.mail.send({ ...notice, to: 'round' }),
  logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
});

describe('outages of one host', () => {
  it('are one notice to each recipient, with the list, and one when the last is over', async () => {
    const channel = await insertChannel(db, under.sealer, {
      ...{ name: 'hook', isDefault: true },
      target: { kind: 'webhook', url: hooks.webhook, secret },
    });
    const all = await failing(50, (at) => (at < 3 ? [eva, jan] : [eva]));
    for (const one of all) await one.escalates();
    expect(mails).toHaveLength(2);
    expect(hooks.messages).toHaveLength(1);
    expect(subjects(eva)).toEqual([
      expect.stringMatching(
        `^\\[Gitward\\] 50 mirrors: the Git host ${host} cannot be reached \\(since `,
      ),
    ]);
    const toEva = mails.find(({ to }) => to === eva)?.text;
    expect(listedIn(toEva)).toHaveLength(50);
    expect(toEva).not.toContain(' more');
    // Who is named by three of them is told of these three only.
    expect(subjects(jan)[0]).toContain('3 mirrors: the Git host');
    const toJan = mails.find(({ to }) => to === jan)?.text;
    expect(listedIn(toJan)).toHaveLength(3);
    expect(toJan).not.toContain(all[3]!.projectId);
    const posted = JSON.parse(hooks.messages[0]?.body ?? '') as { data: Record<string, unknown> };
    expect(posted.data).toMatchObject({ count: 50, cause: `git-host:${host}` });
    expect(posted.data.outages).toHaveLength(50);
    expect(posted.data.about).toEqual((posted.data.outages as object[])[0]);
    expect(channel).not.toBeNull();

    for (const one of all.slice(0, 49)) await one.recovers();
    // The three of Jan are over, and so he is told.
    expect(subjects(eva)).toHaveLength(1);
    expect(subjects(jan)[1]).toBe(`[Gitward] Working again: 3 mirrors (the Git host ${host})`);
    await all[49]!.recovers();
    expect(subjects(eva)[1]).toBe(`[Gitward] Working again: 50 mirrors (the Git host ${host})`);
    expect(listedIn(mails.at(-1)?.text)).toHaveLength(50);
    expect(hooks.messages).toHaveLength(2);
    await round();
    for (const one of all) expect(await one.tell('recovered')).toEqual({ recipients: 0 });
    expect(mails).toHaveLength(4);
    const listed = await listNotices(db, {
      ...{ projects: [all[7]!.projectId], spaces: [], stream: null, waiting: false },
      ...{ after: null, limit: 100 },
    });
    expect(listed.map(({ kind, sentAt, others }) => [kind, sentAt !== null, others])).toEqual([
      ...[['recovered', true, 0], ['recovered', true, 0]], // prettier-ignore
      ...[['escalated', true, 0], ['escalated', true, 0]], // prettier-ignore
    ]);
  });

  it('are one notice too if they escalate all at once, on several workers', async () => {
    const all = await failing(12, [eva]);
    const results = await Promise.allSettled(all.map((one) => one.escalates()));
    const busy = results.filter(({ status }) => status === 'rejected');
    for (const one of busy) expect(one).toMatchObject({ reason: { type: 'NoticeWaitsItsTurn' } });
    for (const one of all) await one.tell('escalated');
    expect(subjects(eva)).toEqual([expect.stringContaining('12 mirrors')]);
    const ends = await Promise.allSettled(all.map((one) => one.recovers()));
    expect(ends.length).toBe(12);
    for (const one of all) await one.tell('recovered');
    expect(subjects(eva)).toEqual([
      expect.stringContaining('12 mirrors'),
      expect.stringContaining('Working again: 12 mirrors'),
    ]);
  });

  it('that begin later are covered by the message for twelve hours, and then told', async () => {
    const [first] = await failing(1, [eva]);
    await first!.escalates();
    const later = await mirror([eva]);
    await later.fails();
    expect(await later.escalates()).toEqual({ recipients: 0 });
    expect(mails).toHaveLength(1);
    const [row] = await db
      .selectFrom('notices')
      .select(['covered', 'message', 'sentAt'])
      .where('outageId', '=', later.outageId)
      .execute();
    expect(row).toMatchObject({ covered: true, message: `${first!.outageId}/escalated` });

    await hoursPass(11);
    const evening = await mirror([eva]);
    await evening.fails();
    expect(await evening.escalates()).toEqual({ recipients: 0 });
    await evening.recovers();
    expect(mails).toHaveLength(1);

    await hoursPass(2);
    const tomorrow = await mirror([eva]);
    await tomorrow.fails();
    await tomorrow.escalates();
    expect(subjects(eva)[1]).toContain(`Shop ${projects}`);
    // All that the first message stands for are over with the last of them.
    await first!.recovers();
    expect(mails).toHaveLength(2);
    await later.recovers();
    expect(mails.at(-1)?.subject).toContain('Working again: 3 mirrors');
    await tomorrow.recovers();
    expect(mails.at(-1)?.subject).toBe(`[Gitward] Working again: Shop ${projects}`);
    expect(mails).toHaveLength(4);
  });

  it('are told anew if all that the message told of are over, or are paused, or fail for another reason', async () => {
    const [one, two] = await failing(2, [eva]);
    await one!.escalates();
    await one!.pause();
    await two!.fails('repository_error', new Date(Date.now() + 1_000));
    const next = await mirror([eva]);
    await next.fails();
    expect(await next.escalates()).toEqual({ recipients: 1 });
    await next.recovers();
    const other = await mirror([eva]);
    await other.fails();
    expect(await other.escalates()).toEqual({ recipients: 1 });
    expect(mails.map(({ subject }) => subject.includes('Working again'))).toEqual([
      ...[false, false, true, false],
    ]);
  });

  it('are kept open neither by a paused mirror nor by one whose project was removed', async () => {
    const [stays, paused, removed, last] = await failing(4, [eva]);
    await stays!.escalates();
    await stays!.recovers();
    expect(mails).toHaveLength(1);
    await paused!.pause();
    await removed!.remove();
    expect(mails).toHaveLength(1);
    await last!.recovers();
    expect(mails).toHaveLength(2);
    expect(mails[1]?.subject).toContain('Working again: 2 mirrors');
    expect(mails[1]?.text).not.toContain(paused!.projectId);
    // When it goes on and works again, that is told of it alone.
    await paused!.pause(null);
    await paused!.recovers();
    expect(mails[2]?.subject).toMatch(/^\[Gitward\] Working again: Shop \d+$/);
  });

  it('are over for those who were told when the last fails for another reason only', async () => {
    const [one, two] = await failing(2, [eva]);
    await one!.escalates();
    await one!.fails('repository_error', new Date(Date.now() + 1_000));
    await two!.recovers();
    expect(mails[1]?.subject).toMatch(/^\[Gitward\] Working again: Shop \d+$/);
    await one!.recovers();
    expect(mails[2]?.subject).toMatch(/^\[Gitward\] Working again: Shop \d+$/);
    expect(mails[2]?.text).toContain(one!.projectId);
    expect(mails).toHaveLength(3);
  });

  it('are told as over by the next round if the last that lasted was paused', async () => {
    const [one, two] = await failing(2, [eva]);
    await one!.escalates();
    await one!.recovers();
    await two!.pause();
    await round();
    // Whoever ended it a moment ago may still tell it.
    expect(mails).toHaveLength(1);
    await sql`UPDATE outages SET ended_at = ended_at - interval '2 minutes' WHERE ended_at IS NOT NULL`.execute(
      db,
    );
    under.mail.send = () => Promise.reject(new Error('away'));
    await round();
    under.mail.send = (mail) => Promise.resolve(void mails.push(mail));
    await round();
    expect(mails).toHaveLength(1);
    await sql`UPDATE notices SET claimed_until = claimed_until - interval '16 minutes'`.execute(db);
    await round();
    expect(mails.map(({ subject }) => subject)[1]).toContain('Working again: Shop');
    await round();
    expect(mails).toHaveLength(2);
  });

  it('of different hosts, or for different reasons, are told one by one and at once', async () => {
    const here = await mirror([eva]);
    const there = await mirror([eva], { at: `${host}:8443` });
    const slow = await mirror([eva]);
    const slower = await mirror([eva]);
    await here.fails();
    await there.fails();
    await slow.fails('repository_timeout');
    await slower.fails('repository_timeout');
    for (const one of [here, there, slow, slower])
      expect(await one.escalates()).toEqual({ recipients: 1 });
    expect(mails).toHaveLength(4);
    expect(mails.every(({ subject }) => subject.includes('Changes cannot be sent'))).toBe(true);
  });
});

describe('a notice of several outages', () => {
  it('that a killed worker was sending is sent once more by another, with the same id', async () => {
    const target = { kind: 'webhook', url: hooks.webhook, secret } as const;
    await insertChannel(db, under.sealer, { name: 'hook', isDefault: true, target });
    const [one, two] = await failing(2, []);
    await one!.escalates();
    const before = hooks.messages[0]?.headers['webhook-id'];
    // As if it had been killed before it could note that.
    await sql`UPDATE notices SET sent_at = NULL, claim = gen_random_uuid(), claimed_until = now() + interval '1 minute'
      WHERE outage_id = ${one!.outageId}`.execute(db);
    await sql`DELETE FROM notices WHERE outage_id = ${two!.outageId}`.execute(db);
    await expect(one!.tell('escalated')).rejects.toThrow('Another worker is telling');
    await expect(two!.escalates()).rejects.toThrow('Another worker is telling');
    expect(hooks.messages).toHaveLength(1);
    await sql`UPDATE notices SET claimed_until = now() - interval '1 second' WHERE claim IS NOT NULL`.execute(
      db,
    );
    expect(await two!.tell('escalated')).toEqual({ recipients: 1 });
    expect(await one!.tell('escalated')).toEqual({ recipients: 0 });
    expect(hooks.messages).toHaveLength(2);
    expect(hooks.messages[1]?.headers['webhook-id']).toBe(before);
    expect(JSON.parse(hooks.messages[1]?.body ?? '')).toMatchObject({ data: { count: 2 } });
  });

  it('is tried again while it cannot be sent, which each of them shows', async () => {
    const [one, two] = await failing(2, [eva]);
    under.mail.send = () => Promise.reject(new Error('The server is away'));
    await expect(one!.escalates()).rejects.toThrow('The server is away');
    await expect(two!.escalates()).rejects.toThrow('The server is away');
    const { rows } = await sql<{ lastError: string; claim: null }>`
      SELECT last_error, claim FROM notices WHERE sent_at IS NULL AND outage_id IN (${one!.outageId}, ${two!.outageId})`.execute(
      db,
    );
    expect(rows).toEqual(
      Array(2).fill({ lastError: expect.stringContaining('away'), claim: null }),
    );
    under.mail.send = (mail) => Promise.resolve(void mails.push(mail));
    expect(await two!.tell('escalated')).toEqual({ recipients: 1 });
    expect(await one!.tell('escalated')).toEqual({ recipients: 0 });
    expect(subjects(eva)[0]).toContain('2 mirrors');
  });

  it('keeps its id when it is tried again without the first, so that nobody takes it for another', async () => {
    const [one, two] = await failing(2, [eva]);
    under.mail.send = () => Promise.reject(new Error('Perhaps it arrived'));
    await one!.escalates().catch(() => undefined);
    await two!.escalates().catch(() => undefined);
    await one!.recovers();
    under.mail.send = (mail) => Promise.resolve(void mails.push(mail));
    await two!.tell('escalated');
    expect(await messageIds(two!.outageId)).toEqual([`${one!.outageId}/escalated`]);
    // A message that was sent is no other's: this one tells of another cause.
    const [three, four] = await failing(2, [jan]);
    under.mail.send = () => Promise.reject(new Error('No'));
    await three!.escalates().catch(() => undefined);
    await four!.escalates().catch(() => undefined);
    under.mail.send = (mail) => Promise.resolve(void mails.push(mail));
    await four!.fails('repository_error', new Date(Date.now() + 1_000));
    await three!.tell('escalated');
    await four!.tell('escalated');
    expect(await messageIds(four!.outageId)).toEqual([`${four!.outageId}/escalated`]);
    expect(subjects(jan)).toHaveLength(2);
  });

  it('is not lost with the project of the outage that was about to send it', async () => {
    const [one, two, three] = await failing(3, [eva]);
    under.mail.send = async (mail) => {
      await one!.remove();
      mails.push(mail);
    };
    expect(await one!.escalates()).toEqual({ recipients: 1 });
    under.mail.send = (mail) => Promise.resolve(void mails.push(mail));
    for (const other of [two, three]) expect(await other!.escalates()).toEqual({ recipients: 0 });
    await two!.recovers();
    await three!.recovers();
    expect(subjects(eva)).toEqual([
      expect.stringContaining('3 mirrors'),
      expect.stringContaining('Working again: 2 mirrors'),
    ]);
  });

  it('says nothing of what was told ahead to those whom only the other names', async () => {
    const [one, two] = await failing(2, (at) => (at === 0 ? [eva] : [eva, jan]));
    await one!.escalates();
    expect(mails.map(({ to }) => to)).toEqual([eva]);
    // A workflow that was lost before it told: the next one knows that Jan is still to be told.
    await activities.escalateOutage({ outageId: two!.outageId });
    const [projectId = '', branchId = ''] = two!.stream.split('/').slice(1);
    const { unsentNotices } = await activities.readMirror({ projectId, branchId });
    expect(unsentNotices).toEqual([{ outageId: two!.outageId, kind: 'escalated' }]);
    expect(await two!.tell('escalated')).toEqual({ recipients: 1 });
    expect(subjects(jan)[0]).toContain('Changes cannot be sent to Git');
    expect((await activities.readMirror({ projectId, branchId })).unsentNotices).toEqual([]);
  });

  it('that a person is needed waits a moment for others of the same credential', async () => {
    const credential = { credentialId: await someCredential() };
    const all = [await mirror([eva]), await mirror([eva])];
    for (const one of all) {
      await db
        .updateTable('mirrors')
        .set(credential)
        .where('projectId', '=', one.projectId)
        .execute();
      await one.fails('credential_refused');
    }
    await expect(all[0]!.tell('person_needed')).rejects.toThrow('may fail for the same reason');
    await sql`UPDATE notices SET created_at = created_at - interval '30 seconds'`.execute(db);
    expect(await all[0]!.tell('person_needed')).toEqual({ recipients: 1 });
    expect(await all[1]!.tell('person_needed')).toEqual({ recipients: 0 });
    expect(subjects(eva)).toEqual(['[Gitward] 2 mirrors: the credential "git" is refused']);
  });

  it('that was sent after its claim had run out leaves the claim of another alone', async () => {
    const [one] = await failing(1, [eva]);
    const notice = { outageId: one!.outageId, kind: 'escalated' } as const;
    await recordRecipients(db, notice, [eva]);
    const late = await claimNotice(db, notice, eva);
    await sql`UPDATE notices SET claimed_until = now() - interval '1 second' WHERE outage_id = ${one!.outageId}`.execute(
      db,
    );
    const other = await claimNotice(db, notice, eva);
    if (late.kind !== 'claimed' || other.kind !== 'claimed') throw new Error('Not claimed');
    expect(other.claim.message).toBe(late.claim.message);
    await noteSent(db, late.claim, []);
    expect((await claimNotice(db, notice, eva)).kind).toBe('busy');
    await noteSent(db, other.claim, []);
    expect((await claimNotice(db, notice, eva)).kind).toBe('settled');
  });
});

async function messageIds(outageId: string): Promise<(string | null)[]> {
  const query = db.selectFrom('notices').select('message').where('outageId', '=', outageId);
  return (await query.execute()).map(({ message }) => message);
}

async function someCredential(): Promise<string> {
  const { id } = await db.selectFrom('credentials').select('id').executeTakeFirstOrThrow();
  return id;
}
