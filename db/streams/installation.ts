import { hkdfSync, randomBytes } from 'node:crypto';
import type { Db } from '../connect.ts';
import type { Sealer } from '../sealing.ts';

/**
 * Reads the id of this installation: a UUID created by the first migration, which our commits
 * carry.
 */
export async function readInstallationId(db: Db): Promise<string> {
  const { id } = await db.selectFrom('installation').select('id').executeTakeFirstOrThrow();
  return id;
}

/** What the key of fingerprints belongs to. */
export function fingerprintKeyContext(installationId: string): string {
  return `fingerprint-key/${installationId}`;
}

/**
 * Reads the key that fingerprints of secrets are made with: 32 random bytes, made when they are first needed. It stays
 * the same when the master key is rotated, so that what people allowed stays allowed.
 */
export async function readFingerprintKey(db: Db, sealer: Sealer): Promise<Uint8Array> {
  const { id, fingerprintKey } = await readInstallation(db);
  const context = fingerprintKeyContext(id);
  if (fingerprintKey !== null) return sealer.open(fingerprintKey, context);
  await db
    .updateTable('installation')
    .set({ fingerprintKey: sealer.seal(randomBytes(32), context) })
    .where('fingerprintKey', 'is', null)
    .execute();
  // Another process may have been first.
  const { fingerprintKey: made } = await readInstallation(db);
  if (made === null) throw new Error('The key of fingerprints was not stored. Try again.');
  return sealer.open(made, context);
}

/** Reads the key with which commits prove that they are ours: made of that of fingerprints, so that a restored database has it. */
export async function readProofKey(db: Db, sealer: Sealer): Promise<Uint8Array> {
  const key = await readFingerprintKey(db, sealer);
  return new Uint8Array(hkdfSync('sha256', key, '', 'gitward commit proof', 32));
}

function readInstallation(db: Db): Promise<{ id: string; fingerprintKey: Buffer | null }> {
  return db.selectFrom('installation').select(['id', 'fingerprintKey']).executeTakeFirstOrThrow();
}
