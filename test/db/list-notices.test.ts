import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { listNotices, type NoticesPage } from '../../db/streams/notices/list-notices.ts';
import { recordRecipients } from '../../db/streams/notices/recorded.ts';
import { endOutage, recordFailure } from '../../db/streams/outages.ts';
import { noteNotice } from '../support/noted-notice.ts';
import { testDatabase } from '../support/postgres.ts';

const { db } = await testDatabase();
const all: NoticesPage = {
  ...{ projects: null, spaces: null, stream: null, waiting: false, after: null, limit: 100 },
};

async function told(stream: string, recipients: string[]): Promise<string> {
  const attempt = {
    ...{ stream, lane: 'repository' as const, code: 'repository_unreachable' as const },
    ...{ message: 'No answer.', attemptStartedAt: new Date().toISOString() },
  };
  const { id } = await recordFailure(db, { ...attempt, nextAttemptAt: attempt.attemptStartedAt });
  await recordRecipients(db, { outageId: id, kind: 'escalated' }, recipients);
  return id;
}

test('notices say who was told of what, newest first, page by page, and only to those who may see the stream', async () => {
  const mirror = await told('mirror/p/1', ['eva@example.com', `channel/${randomUUID()}`]);
  const other = await told('mirror/q/1', ['jan@example.com']);
  await told('space/sales', ['kim@example.com']);
  await noteNotice(db, { outageId: mirror, kind: 'escalated' }, 'eva@example.com', null);
  await noteNotice(db, { outageId: other, kind: 'escalated' }, 'jan@example.com', 'No.');

  const listed = await listNotices(db, all);
  expect(listed.map(({ recipient }) => recipient.split('/')[0])).toEqual([
    ...['kim@example.com', 'jan@example.com', 'eva@example.com', 'channel'],
  ]);
  expect(listed[1]).toMatchObject({
    ...{ stream: 'mirror/q/1', kind: 'escalated', code: 'repository_unreachable' },
    ...{ sentAt: null, lastError: 'No.', channel: null, covered: false, waiting: true, others: 0 },
  });
  expect(listed[2]?.sentAt).toEqual(expect.any(Date));

  const pages = [];
  for (let after: NoticesPage['after'] = null; pages.length < 5;) {
    const [one] = await listNotices(db, { ...all, after, limit: 1 });
    if (one === undefined) break;
    pages.push(one);
    after = one;
  }
  expect(pages).toEqual(listed);

  const to = async (page: Partial<NoticesPage>) =>
    (await listNotices(db, { ...all, ...page })).map(({ recipient }) => recipient.split('@')[0]);
  expect(await to({ projects: ['q'], spaces: [] })).toEqual(['jan']);
  expect(await to({ projects: [], spaces: ['sales'] })).toEqual(['kim']);
  expect(await to({ stream: 'space/sales' })).toEqual(['kim']);
  expect(await to({ waiting: true })).toHaveLength(3);
  // What is over is no longer told.
  await endOutage(db, other);
  expect(await to({ waiting: true })).not.toContain('jan');
  const ofJan = (await listNotices(db, all)).find(({ outageId }) => outageId === other);
  expect(ofJan).toMatchObject({ sentAt: null, waiting: false });
});

test('a notice says how many others its message told of, of those that the caller may see', async () => {
  const ids = [await told('mirror/a/1', []), await told('mirror/a/2', []), await told('mirror/b/1', [])]; // prettier-ignore
  const to = 'liv@example.com';
  for (const outageId of ids) await recordRecipients(db, { outageId, kind: 'escalated' }, [to]);
  await db
    .updateTable('notices')
    .set({ message: 'm', sentAt: new Date() })
    .where('recipient', '=', to)
    .execute();
  const others = async (page: Partial<NoticesPage>) =>
    (await listNotices(db, { ...all, ...page }))
      .filter(({ recipient }) => recipient === to)
      .map((one) => one.others);
  expect(await others({})).toEqual([2, 2, 2]);
  expect(await others({ projects: ['a'], spaces: [] })).toEqual([1, 1]);
});
