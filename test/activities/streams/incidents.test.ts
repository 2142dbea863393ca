import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { insertChannel, removeChannel } from '../../../db/streams/notice-channels.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { markMirror } from '../../../db/mirror/mirrors.ts';
import type { FailureCode } from '../../../model/streams/errors.ts';
import type { NoticeKind } from '../../../model/streams/outage.ts';
import { startNoticeHooks } from '../../support/notice-hooks.ts';
import { activitiesUnderTest, orders, type Activities } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const hooks = await startNoticeHooks();
const mails: { to: string; subject: string; text: string }[] = [];
afterAll(() => hooks.close());
beforeEach(async () => {
  await under.db.updateTable('outages').set({ endedAt: new Date() }).execute();
  await under.db.deleteFrom('noticeChannels').execute();
  Object.assign(hooks, { requests: 0, answer: null });
  hooks.messages.length = 0;
  mails.length = 0;
  under.mail.send = (mail) => Promise.resolve(void mails.push(mail));
});

type Mirror = Awaited<ReturnType<Activities['settledMirror']>>;

/** A mirror that fails, and what its workflow does about it. */
async function failing(notify: object, code: FailureCode = 'repository_unreachable') {
  const mirror: Mirror = await under.settledMirror({
    policy: { notify: { emails: [], ...notify } },
  });
  await mirror.accept(mirror.platform.change(orders));
  const attempt = {
    ...{ stream: mirror.stream, lane: 'repository' as const, code, message: 'No answer.' },
    ...{ attemptStartedAt: '2026-05-01T02:00:00Z', nextAttemptAt: '2026-05-01T02:05:00Z' },
  };
  const { id: outageId } = await recordFailure(under.db, attempt);
  return {
    mirror,
    outageId,
    label: `project ${mirror.key.projectId}`,
    tell: (kind: NoticeKind) => under.run(() => under.activities.notifyAdmins({ outageId, kind })),
    end: () => under.activities.endOutage({ outageId }),
    untold: async () => (await under.activities.readMirror(mirror.key)).unsentNotices,
  };
}

async function addChannel(
  target: Parameters<typeof insertChannel>[2]['target'],
  isDefault = false,
) {
  const name = `${target.kind} ${Math.random()}`;
  const row = await insertChannel(under.db, under.sealer, { name, target, isDefault });
  return row?.id ?? '';
}

const many = async (count: number, notify: object) => {
  const all = [];
  for (let index = 0; index < count; index += 1) all.push(await failing(notify));
  return all;
};

describe('an incident', () => {
  it('of many mirrors is one notice with their list, and one when the last of them works again', async () => {
    const channel = await addChannel({ kind: 'slack', url: hooks.slack });
    const all = await many(5, { emails: ['ops@example.com'], channels: [channel] });
    const told = [];
    for (const one of all) told.push((await one.tell('escalated')).recipients);
    expect(told).toEqual([2, 0, 0, 0, 0]);
    expect(mails.map(({ subject }) => subject)).toEqual([
      '[Gitward] Changes cannot be sent to Git (since 2026-05-01 02:00 UTC): Shop and 4 others',
    ]);
    for (const { label } of all) expect(mails[0]?.text).toContain(label);
    expect(mails[0]?.text).toContain('5 changes are waiting.');
    expect(hooks.messages).toHaveLength(1);

    for (const one of all) {
      expect(hooks.messages).toHaveLength(1);
      expect(await one.end()).toEqual({ notices: ['escalated'] });
      await one.tell('recovered');
    }
    expect(mails.map(({ subject }) => subject).slice(1)).toEqual([
      '[Gitward] Working again: Shop and 4 others',
    ]);
    expect(hooks.messages).toHaveLength(2);
    for (const one of all) expect(await one.untold()).toEqual([]);
  });

  it('tells nobody of mirrors that are not theirs', async () => {
    const [ours, theirs] = [
      await failing({ emails: ['eva@example.com'] }),
      await failing({ emails: ['jan@example.com'] }),
    ];
    await ours.tell('escalated');
    await theirs.tell('escalated');
    expect(
      mails.map(({ to, text }) => [to, text.includes(ours.label), text.includes(theirs.label)]),
    ).toEqual([
      ['eva@example.com', true, false],
      ['jan@example.com', false, true],
    ]);
  });

  it('is another one for another reason, and after people were told that the first is over', async () => {
    const [first, refused] = [
      await failing({ emails: ['ops@example.com'] }),
      await failing({ emails: ['ops@example.com'] }, 'branch_protected'),
    ];
    await first.tell('escalated');
    await refused.tell('escalated');
    expect(mails).toHaveLength(2);
    await first.end();
    await first.tell('recovered');
    expect(mails).toHaveLength(3);
    const later = await failing({ emails: ['ops@example.com'] });
    await later.tell('escalated');
    expect(mails).toHaveLength(4);
  });

  it('is over although a mirror of it is paused, which is told anew if it fails after that', async () => {
    const [one, paused] = await many(2, { emails: ['ops@example.com'] });
    await one?.tell('escalated');
    await paused?.tell('escalated');
    await markMirror(under.db, paused!.mirror.key, 'pause');
    await one?.end();
    expect(await one?.tell('recovered')).toEqual({ recipients: 1 });
    await markMirror(under.db, paused!.mirror.key, 'resume');
    expect(await paused?.tell('escalated')).toEqual({ recipients: 1 });
    expect(mails.map(({ subject }) => /again/.test(subject))).toEqual([false, true, false]);
  });

  it('is known to the next workflow as long as somebody has to be told of it or of its end', async () => {
    const [one, other] = await many(2, { emails: ['ops@example.com'] });
    under.mail.send = () => Promise.reject(new Error('No mail today.'));
    await under.activities.escalateOutage({ outageId: one!.outageId });
    await one?.tell('escalated').catch(() => undefined);
    await under.activities.escalateOutage({ outageId: other!.outageId });
    expect(await other?.tell('escalated')).toEqual({ recipients: 0 });
    // Whoever was to be told by the first is told by the first.
    expect(await one?.untold()).toEqual([{ outageId: one?.outageId, kind: 'escalated' }]);
    expect(await other?.untold()).toEqual([]);
    under.mail.send = (mail) => Promise.resolve(void mails.push(mail));
    await one?.tell('escalated');
    await one?.end();
    expect(await one?.untold()).toEqual([]);
    await other?.end();
    expect(await other?.untold()).toEqual([{ outageId: other?.outageId, kind: 'recovered' }]);
    expect(await other?.tell('recovered')).toEqual({ recipients: 1 });
    expect(await one?.untold()).toEqual([]);
    expect(await other?.untold()).toEqual([]);
  });
});

describe('channels', () => {
  it('of the installation get the notices of those that name nobody, and every escalation', async () => {
    await addChannel({ kind: 'teams', url: hooks.teams }, true);
    await addChannel({ kind: 'slack', url: hooks.slack });
    const nobody = await failing({}, 'branch_protected');
    expect(await nobody.tell('person_needed')).toEqual({ recipients: 1 });
    const somebody = await failing({ emails: ['eva@example.com'] }, 'branch_protected');
    expect(await somebody.tell('person_needed')).toEqual({ recipients: 1 });
    expect(hooks.messages).toHaveLength(1);
    expect(await somebody.tell('escalated')).toEqual({ recipients: 2 });
    expect(hooks.messages.map(({ path }) => path.startsWith('/workflows/'))).toEqual([true, true]);
  });

  it('that do not take it keep nobody else from being told, and are tried again', async () => {
    const channel = await addChannel({ kind: 'slack', url: hooks.slack });
    const one = await failing({ emails: ['eva@example.com'], channels: [channel] });
    hooks.answer = [503, 'later'];
    await expect(one.tell('escalated')).rejects.toThrow('does not take the message (503)');
    expect(mails).toHaveLength(1);
    const waiting = await under.db
      .selectFrom('notices')
      .select(['recipient', 'lastError'])
      .where('sentAt', 'is', null)
      .where('outageId', '=', one.outageId)
      .execute();
    expect(waiting).toEqual([
      { recipient: `channel/${channel}`, lastError: expect.stringContaining('(503)') },
    ]);
    expect(JSON.stringify(waiting)).not.toContain('secret-of-slack');
    hooks.answer = null;
    expect(await one.tell('escalated')).toEqual({ recipients: 1 });
    expect(mails).toHaveLength(1);
  });

  it('that were removed get nothing more', async () => {
    const channel = await addChannel({ kind: 'slack', url: hooks.slack }, true);
    const one = await failing({});
    hooks.answer = [503, 'later'];
    await one.tell('escalated').catch(() => undefined);
    await under.db.transaction().execute((trx) => removeChannel(trx, channel));
    expect(await one.untold()).toEqual([]);
    hooks.answer = null;
    await one.end();
    expect(await one.tell('recovered')).toEqual({ recipients: 0 });
    expect(hooks.messages).toEqual([]);
  });
});
