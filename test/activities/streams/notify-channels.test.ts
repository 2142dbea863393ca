import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { insertChannel, removeChannel } from '../../../db/streams/notice-channels.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import type { FailureCode } from '../../../model/streams/errors.ts';
import type { ChannelTarget } from '../../../model/streams/notice-channel.ts';
import type { NoticeKind } from '../../../model/streams/outage.ts';
import { startNoticeHooks } from '../../support/notice-hooks.ts';
import { activitiesUnderTest, orders } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const hooks = await startNoticeHooks();
const mails: { to: string; subject: string }[] = [];
afterAll(() => hooks.close());
beforeEach(async () => {
  await under.db.deleteFrom('noticeChannels').execute();
  // A message about the host would also cover the outage of the next test.
  await under.db.updateTable('outages').set({ endedAt: new Date() }).execute();
  Object.assign(hooks, { requests: 0, answer: null });
  hooks.messages.length = 0;
  mails.length = 0;
  under.mail.send = (mail) => Promise.resolve(void mails.push(mail));
});

/** A mirror that fails, and what its workflow does about it. */
async function failing(notify: object, code: FailureCode = 'repository_unreachable') {
  const mirror = await under.settledMirror({ policy: { notify: { emails: [], ...notify } } });
  await mirror.accept(mirror.platform.change(orders));
  const { id: outageId } = await recordFailure(under.db, {
    ...{ stream: mirror.stream, lane: 'repository', code },
    ...{ message: 'No answer.', attemptStartedAt: '2026-05-01T02:00:00Z' },
    nextAttemptAt: '2026-05-01T02:05:00Z',
  });
  return {
    outageId,
    tell: (kind: NoticeKind) => under.run(() => under.activities.notifyAdmins({ outageId, kind })),
    end: () => under.activities.endOutage({ outageId }),
    untold: async () => (await under.activities.readMirror(mirror.key)).unsentNotices,
  };
}

async function addChannel(target: ChannelTarget, isDefault = false): Promise<string> {
  const name = `${target.kind} ${Math.random()}`;
  const row = await insertChannel(under.db, under.sealer, { name, target, isDefault });
  return row?.id ?? '';
}

describe('channels', () => {
  it('of a mirror are told once of its outage, and once that it is over', async () => {
    const channel = await addChannel({ kind: 'slack', url: hooks.slack });
    const one = await failing({ emails: ['eva@example.com'], channels: [channel] });
    expect(await one.tell('escalated')).toEqual({ recipients: 2 });
    expect(await one.tell('escalated')).toEqual({ recipients: 0 });
    await one.end();
    expect(await one.tell('recovered')).toEqual({ recipients: 2 });
    expect(hooks.messages.map(({ body }) => body.includes('Working again'))).toEqual([false, true]);
    expect(mails).toHaveLength(2);
  });

  it('of the installation get the notices of those that name nobody, and every escalation', async () => {
    await addChannel({ kind: 'teams', url: hooks.teams }, true);
    await addChannel({ kind: 'slack', url: hooks.slack });
    const nobody = await failing({}, 'repository_not_found');
    expect(await nobody.tell('person_needed')).toEqual({ recipients: 1 });
    const somebody = await failing({ emails: ['eva@example.com'] }, 'repository_not_found');
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
