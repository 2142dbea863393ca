import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { insertBatch, markBatchDelivered } from '../../../db/streams/batches.ts';
import { recordRecipients } from '../../../db/streams/notices/recorded.ts';
import { endOutage, recordFailure } from '../../../db/streams/outages.ts';
import { apiUnderTest, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();
const { db, sealer } = api;
const call: typeof api.call = (...request) => api.call(...request);
await withMirror(api, 'shop');
await withMirror(api, 'bank');
const stream = 'mirror/shop/1';
const path = '/v1/projects/shop/mirrors/1/timeline';

interface Item {
  id: string;
  at: string;
  kind: string;
  commit?: { sha: string | null; subject: string; changes: number; deliveredAt: string | null };
  outage?: {
    attempts: number;
    endedAt: string | null;
    notices: { kind: string; recipient: string | null; error: string | null }[];
  };
  act?: { action: string; actor: string | null };
}
interface Page {
  items: Item[];
  nextCursor: string | null;
}

async function batch(subject: string): Promise<string> {
  const id = randomUUID();
  await db.transaction().execute((trx) =>
    insertBatch(trx, sealer, {
      ...{ id, stream, windowKey: id, reason: 'changes', through: 1, files: [] },
      message: { author: { name: 'Eva', email: 'e@x' }, coAuthors: [], subject, body: '' },
      ...{ authoredAt: new Date(), windowOpenedAt: null, windowClosedAt: new Date().toISOString() },
    }),
  );
  return id;
}

async function read(query = '', token?: string): Promise<Page> {
  const { status, body } = await call('GET', path + query, undefined, token);
  expect(status).toBe(200);
  return body as Page;
}

const shown = ({ kind, commit, outage, act }: Item) =>
  [kind, commit?.subject ?? act?.action ?? `${outage?.attempts} attempts`].join(': ');

test('a timeline has windows, outages and what people did, newest first, in pages without gaps', async () => {
  const first = await batch('First');
  await db
    .transaction()
    .execute((trx) =>
      markBatchDelivered(trx, stream, { batchId: first, sha: 'a'.repeat(40), at: new Date() }),
    );
  const failed = {
    ...{ stream, lane: 'repository' as const, code: 'credential_refused' as const },
    ...{ message: 'HTTP 401', nextAttemptAt: new Date().toISOString() },
  };
  const outage = await recordFailure(db, { ...failed, attemptStartedAt: new Date().toISOString() });
  await recordRecipients(db, { outageId: outage.id, kind: 'person_needed' }, ['ops@example.com']);
  await call('POST', '/v1/projects/shop/mirrors/1/actions/pause');
  await call('POST', '/v1/projects/bank/mirrors/1/actions/pause');
  await endOutage(db, outage.id);
  await batch('Second');

  const { items } = await read();
  expect(items.map(shown)).toEqual([
    'commit: Second',
    'act: mirror.pause',
    'outage: 1 attempts',
    'commit: First',
    'act: mirror.enable',
  ]);
  expect(items[0]?.commit).toMatchObject({ sha: null, deliveredAt: null, changes: 0 });
  expect(items[3]?.commit?.sha).toBe('a'.repeat(40));
  expect(items[2]?.outage?.endedAt).toMatch(/Z$/);
  expect(items.map(({ at }) => at)).toEqual(
    items
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  );

  const pages: Item[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await read(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    pages.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(pages).toEqual(items);
});

test('whom it was told to is for operators, and who did something for admins', async () => {
  const seen = async (token?: string) => {
    const { items } = await read('', token);
    const notice = items.find(({ kind }) => kind === 'outage')?.outage?.notices[0];
    const act = items.find(({ kind }) => kind === 'act')?.act;
    return [notice?.kind, notice?.recipient, act?.action, act?.actor !== null];
  };
  expect(await seen()).toEqual(['person_needed', 'ops@example.com', 'mirror.pause', true]);
  for (const [role, recipient] of [
    ['operator', 'ops@example.com'],
    ['reader', null],
  ] as const)
    expect(await seen(await api.token({ role }))).toEqual([
      ...['person_needed', recipient, 'mirror.pause', false],
    ]);
});

test.each(["2026-01-01T00:00:00.000000Z|'; --", '2026-99-99T99:99:99.000000Z|a'])(
  'what is no cursor of a timeline is refused: %s',
  async (text) => {
    const cursor = Buffer.from(text).toString('base64url');
    expect((await call('GET', `${path}?cursor=${cursor}`)).status).toBe(422);
  },
);
