import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  findOpenIdConnect,
  openClientSecret,
  putOpenIdConnect,
} from '../../db/access/open-id-connect.ts';
import { openHostToken, putHostToken } from '../../db/access/host-tokens.ts';
import { insertChannel, openChannel } from '../../db/streams/notice-channels.ts';
import { putProviderPerson } from '../../db/access/people.ts';
import { openProviderTokens } from '../../db/access/provider-sessions.ts';
import { insertSession } from '../../db/access/sessions.ts';
import { insertSpace, openWebhook } from '../../db/knowledge/spaces.ts';
import { acceptChanges, openChangeBody } from '../../db/mirror/change-events.ts';
import { listDays, putDay } from '../../db/mirror/job-days.ts';
import { insertRuns, listRuns } from '../../db/mirror/job-runs.ts';
import { findProject, insertProject, projectSource } from '../../db/mirror/projects.ts';
import { findSnapshot, updateSnapshot } from '../../db/mirror/snapshots.ts';
import { putSamples, readStoredSamples } from '../../db/mirror/table-samples.ts';
import { replaceExpectedFiles } from '../../db/mirror/verifications.ts';
import { findUnopened, reseal, sealedColumns } from '../../db/reseal.ts';
import { createSealer, SealError, type Sealer } from '../../db/sealing.ts';
import { insertBatch, listWaitingBatches } from '../../db/streams/batches.ts';
import { readFingerprintKey } from '../../db/streams/installation.ts';
import { insertCredential, openCredential, putSigningKey } from '../../db/streams/credentials.ts';
import type { JobRun } from '../../model/platform/job.ts';
import { testDatabase } from '../support/postgres.ts';

const { db } = await testDatabase();
const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const [old, both, onlyNew] = [
  createSealer(oldKey),
  createSealer(newKey, [oldKey]),
  createSealer(newKey),
];
const mirror = { projectId: '1', branchId: '1' };
const stream = 'mirror/1/1';
const space = { id: 'space', name: 'S', root: 'knowledge', webhook: { scheme: 'github' as const, secrets: ['a', 'b'] } }; // prettier-ignore
/** More than are read in one go. */
const runIds = Array.from({ length: 120 }, (_, n) => String(n));
const run = (runId: string): JobRun => ({
  ...{ runId, parentRunId: null, componentId: 'c', configId: '7', configVersion: 1, rowIds: [] },
  ...{ status: 'SUCCESS', createdAt: null, startedAt: null, finishedAt: '2026-03-01T10:01:00.000Z' },
  ...{ author: null, error: null, inputs: [], outputs: [], stateDigest: null, artifactLinks: [] },
  details: new Map([['10', 'first']]),
}); // prettier-ignore
const repositoryUrl = 'https://git.example/x.git';
const sample = { tableId: 'in.c-a.x', columns: ['id'], rows: [['1']] };
const object = {
  ...{ ordinal: 0, outline: null, digest: 'd', packed: null, paths: [], findings: null },
  version: {
    ...{ kind: 'c', id: '7', name: 'C', version: 1 },
    ...{ author: null, changedAt: null, changeDescription: null },
  },
};

const provider = {
  ...{ name: 'P', issuer: 'https://id.example', clientId: 'c', scopes: ['openid'] },
  ...{ groupsClaim: 'groups', rules: [], everyone: null },
};
const tokens = { idToken: 'i', accessToken: 'a', refreshToken: 'r', accessEndsAt: null };

/** Stores one or more of each sealed value. */
async function seal(
  sealer: Sealer,
): Promise<Record<'credentialId' | 'sessionId' | 'personId' | 'channelId', string>> {
  const source = { kind: 'sample' as const, token: 'source-token' };
  await readFingerprintKey(db, sealer);
  await insertProject(db, sealer, { id: '1', name: 'P', source, ownedFolders: [] });
  await sql`
    INSERT INTO mirrors (project_id, branch_id, repository_url, repository_branch, subdirectory, policy)
    VALUES ('1', '1', ${repositoryUrl}, 'main', '', '{}')`.execute(db);
  const credential = await insertCredential(db, sealer, {
    ...{ name: 'h', username: 'u', token: 't' },
    origin: new URL(repositoryUrl).origin,
  });
  const key = { privateKey: 'signing-key', publicKey: 'ssh-ed25519 AAAA' };
  await putSigningKey(db, sealer, credential!.id, key);
  await putOpenIdConnect(db, sealer, provider, 'client-secret');
  const person = { issuer: provider.issuer, subject: 'ada' };
  const facts = { name: 'Ada', email: null, role: 'reader' as const, projects: null, spaces: null };
  const { id: personId } = await putProviderPerson(db, person, facts);
  const own = { origin: new URL(repositoryUrl).origin, token: 'host-token' };
  await putHostToken(db, sealer, { tokenId: null, personId }, own);
  const target = { kind: 'slack' as const, url: 'https://hooks.example/secret' };
  const channel = await insertChannel(db, sealer, { name: 'ops', target, isDefault: true });
  const { row: session } = await insertSession(db, sealer, {
    ...{ of: { tokenId: null, personId }, method: 'open-id-connect', userAgent: null },
    ...{ address: null, expiresAt: new Date(Date.now() + 3_600_000) },
    provider: { sid: null, tokens },
  });
  const change = {
    ...{ ...mirror, type: 'job_finished' as const, componentId: null, configId: null },
    ...{ versionIdentifier: '1', version: null, author: null, description: null },
    occurredAt: '2026-03-01T10:00:00.000Z',
  };
  const event = { change, incarnation: '', body: Buffer.from('event') };
  await acceptChanges(db, sealer, mirror, [event]);
  await db.transaction().execute(async (trx) => {
    const { id, ...settings } = space;
    await insertSpace(trx, sealer, id, {
      ...settings,
      repository: { url: 'https://git.example/s.git', branch: 'main', credentialId: null },
      checks: null,
      rules: { publicKinds: [], index: false, notify: { emails: [] } },
    });
    await insertBatch(trx, sealer, {
      ...{ id: randomUUID(), stream, windowKey: 'w', reason: 'changes', through: 1 },
      message: { author: { name: 'A', email: 'a@b' }, coAuthors: [], subject: 's', body: '' },
      ...{ authoredAt: new Date(), windowOpenedAt: null, windowClosedAt: new Date().toISOString() },
      files: [
        { path: 'a', blobId: 'a'.repeat(40), content: Buffer.from('bytes') },
        { path: 'b', blobId: null, content: null },
      ],
    });
    const runs = runIds.map((id) => ({ run: run(id), path: `jobs/${id}.json` }));
    await insertRuns(trx, sealer, stream, runs);
    await putDay(trx, sealer, stream, { day: '2026-03-01', summary: new Map([['runs', 1]]) });
    const read = { asked: 'a', changedAt: null, readAt: new Date(0) };
    await putSamples(trx, sealer, stream, [{ tableId: 'in.c-a.x', ...read, sample }]);
    const facts = {
      ...{ branch: { id: '1', name: 'Main', isDefault: true }, details: null },
      ...{ findings: [], paths: [] },
    };
    const change = { facts, storage: null, written: new Map([['o', object]]), removed: [] };
    await updateSnapshot(trx, sealer, stream, change, { anew: true });
    await replaceExpectedFiles(trx, sealer, stream, new Map([['a.json', Buffer.from('{}')]]));
  });
  return {
    ...{ credentialId: credential?.id ?? '', sessionId: session.id, personId },
    channelId: channel?.id ?? '',
  };
}

describe('resealing under a new master key', async () => {
  const { credentialId, sessionId, personId, channelId } = await seal(old);

  it('knows every column that holds sealed values', async () => {
    const { rows } = await sql<{ name: string }>`
      SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'bytea'`.execute(db);
    const names = sealedColumns.map(({ table, column }) => `${table}.${column}`);
    expect(names.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });

  it('leaves values that it cannot open, and names all of them', async () => {
    expect(await reseal(db, onlyNew)).toBe(0);
    const unopened = await findUnopened(db, onlyNew, 'all');
    const names = sealedColumns.map(({ table, column }) => `${table}.${column}`);
    expect(unopened.map(({ column }) => column)).toEqual(names);
    expect(new Set(unopened.flatMap(({ keyIds }) => keyIds))).toEqual(
      new Set([old.headers[0].subarray(1).toString('hex')]),
    );
    expect(await findUnopened(db, onlyNew, 1)).toEqual(unopened);
    expect(await findUnopened(db, both, 'all')).toEqual([]);
    expect(await openCredential(db, old, credentialId, repositoryUrl)).toMatchObject({
      password: 't',
    });
  });

  it('seals every value again, so that the old key is no longer needed', async () => {
    // One each of the key of fingerprints, projects, credentials, signing keys, host tokens, channels, providers, sessions, spaces, files, changes, days, samples and expected files,
    // three of a snapshot, and the runs.
    expect(await reseal(db, both)).toBe(17 + runIds.length);
    expect(await reseal(db, both)).toBe(0);
    expect(await findUnopened(db, onlyNew, 'all')).toEqual([]);

    const project = await findProject(db, '1');
    expect(projectSource(onlyNew, project!)).toEqual({ kind: 'sample', token: 'source-token' });
    expect(await openCredential(db, onlyNew, credentialId, repositoryUrl)).toMatchObject({
      ...{ password: 't', signingKey: 'signing-key' },
    });
    await expect(openCredential(db, old, credentialId, repositoryUrl)).rejects.toThrow(SealError);
    const own = await openHostToken(
      { db, sealer: onlyNew },
      { tokenId: null, personId },
      repositoryUrl,
    );
    expect(own?.token).toBe('host-token');
    const opened = await openChannel(db, onlyNew, channelId);
    expect(opened?.target).toMatchObject({ url: 'https://hooks.example/secret' });
    expect(openClientSecret(onlyNew, (await findOpenIdConnect(db))!)).toBe('client-secret');
    expect(await openProviderTokens(db, onlyNew, sessionId)).toEqual(tokens);
    const row = await db.selectFrom('spaces').selectAll().executeTakeFirstOrThrow();
    expect(openWebhook(onlyNew, row)).toEqual(space.webhook);
    const [batch] = await listWaitingBatches(db, onlyNew, stream);
    expect(batch?.files.map(({ content }) => content?.toString())).toEqual(['bytes', undefined]);
    expect((await openChangeBody(db, onlyNew, mirror, 1))?.toString()).toBe('event');
    const everything = { include: 'all' as const, since: new Date(0), after: '', limit: 1_000 };
    const runs = await listRuns(db, onlyNew, stream, everything);
    expect(runs.map(({ run: { runId } }) => runId).toSorted()).toEqual(runIds.toSorted());
    expect(await listDays(db, onlyNew, stream, { after: '', limit: 9 })).toHaveLength(1);
    for await (const kept of readStoredSamples(db, onlyNew, stream, ['in.c-a.x']))
      expect(kept).toEqual(sample);
    expect((await findSnapshot(db, onlyNew, stream))?.objects.get('o')).toEqual(object);
  });
});
