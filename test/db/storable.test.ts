import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { recordAudit, listAudit } from '../../db/access/audit.ts';
import { insertBatch, listWaitingBatches } from '../../db/streams/batches.ts';
import { recordFailure } from '../../db/streams/outages.ts';
import { createSealer } from '../../db/sealing.ts';
import { testDatabase } from '../support/postgres.ts';
import { ourselves } from '../../model/access/actor.ts';

const { db } = await testDatabase();
const sealer = createSealer(randomBytes(32));
const hostile = 'half \ud83d of an emoji, and NUL \0';
const kept = 'half \ufffd of an emoji, and NUL \ufffd';

test('a batch is stored whatever its author is called; otherwise it would stop its mirror forever', async () => {
  const author = { name: hostile, email: 'a@b' };
  await db.transaction().execute((trx) =>
    insertBatch(trx, sealer, {
      id: randomUUID(),
      stream: 'mirror/1/1',
      windowKey: 'w',
      reason: 'changes',
      through: 1,
      message: { author, coAuthors: [author], subject: hostile, body: hostile },
      authoredAt: new Date(),
      windowOpenedAt: null,
      windowClosedAt: new Date().toISOString(),
      files: [],
    }),
  );
  const [batch] = await listWaitingBatches(db, sealer, 'mirror/1/1');
  expect(batch?.message).toMatchObject({ author: { name: kept }, subject: kept, body: kept });
});

test('an outage is recorded whatever a host said', async () => {
  const now = new Date().toISOString();
  const outage = await recordFailure(db, {
    stream: 'mirror/1/1',
    lane: 'repository',
    attemptStartedAt: now,
    nextAttemptAt: now,
    code: 'repository_error',
    message: hostile,
  });
  expect(outage.message).toBe(kept);
});

test('an action is recorded in the audit log whatever its details are', async () => {
  const entry = { by: ourselves, actor: 'x', action: 'a.b', target: 'c', requestId: null };
  await recordAudit(db, { ...entry, detail: { name: hostile } });
  expect((await listAudit(db, { limit: 1 }))[0]?.detail).toEqual({ name: kept });
});
