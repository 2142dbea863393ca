import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Agent } from 'undici';
import { examineSettings, type ExaminedSettings } from '../../config.ts';
import { connect, type Db } from '../../db/connect.ts';
import { readSchemaState } from '../../db/migrate.ts';
import { createSealer, type Sealer } from '../../db/sealing.ts';
import { findRunningPostgres } from '../../embedded/postgres.ts';
import { findRunningTemporal } from '../../embedded/temporal-server.ts';
import { createAddressPolicy, type AddressPolicy } from '../../network/address-policy.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import {
  connectTemporal,
  embeddedTemporal,
  operatorsTemporal,
  type TemporalConnection,
} from '../../temporal/connect.ts';
import { requireDatabase } from '../parts/database.ts';
import { createRedact, keyForms, secretsOfSettings, type Redact } from '../parts/redaction.ts';
import { databaseName } from '../parts/servers.ts';

/** What the checks look at: an installation as its settings describe it, whether or not it works. */
export interface Examined extends ExaminedSettings {
  env: NodeJS.ProcessEnv;
  /** The database; `null` if it is Gitward's own and does not run. It connects when it is first asked. */
  db: Db | null;
  /** Temporal, in the same way; an error if its settings cannot be used. */
  temporal: TemporalConnection | Error | null;
  /** From the settings or the data directory; `null` if there is none. */
  masterKey: Buffer | null;
  /** `null` without a master key. */
  sealer: Sealer | null;
  policy: AddressPolicy;
  /** Reaches other hosts as Gitward does. */
  dispatcher: Agent;
  /** Removes the secrets of the settings. */
  redact: Redact;
  /** The database, if it answers and has the schema of this version; otherwise `null`. */
  usableDatabase: () => Promise<Db | null>;
  close(): Promise<void>;
}

/** Opens what the checks look at. Rejects for no state of the installation. Close it after use. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Examined> {
  const settings = examineSettings(env);
  const { config } = settings;
  const [databaseUrl, temporal, masterKey, adminToken] = await Promise.all([
    config.databaseUrl ??
      findRunningPostgres(join(config.dataDir, 'postgres'), databaseName).catch(() => null),
    openTemporal(config),
    config.masterKey ?? (config.databaseUrl === null ? storedKey(config.dataDir) : null),
    storedText(join(config.dataDir, 'admin-token')),
  ]);
  const db = databaseUrl === null ? null : openDatabase(databaseUrl);
  const policy = createAddressPolicy(config);
  const dispatcher = createDispatcher(policy, { network: config.network });
  const secrets = [
    ...secretsOfSettings(env, config),
    ...keyForms(masterKey),
    ...(adminToken === null ? [] : [adminToken]),
    ...(databaseUrl === null ? [] : secretsOfSettings({ DATABASE_URL: databaseUrl }, config)),
  ];
  let usable: Promise<Db | null> | null = null;
  return {
    ...settings,
    ...{ env, db, temporal, masterKey, policy, dispatcher },
    sealer: masterKey && createSealer(masterKey, config.previousMasterKeys),
    redact: createRedact(secrets),
    usableDatabase: () => (usable ??= isUsable(db).then((is) => (is ? db : null))),
    async close() {
      if (temporal !== null && !(temporal instanceof Error)) await temporal.close();
      // What hangs is not waited for.
      await dispatcher.destroy();
      await db?.destroy();
    },
  };
}

/** Few connections: the database may be short of them, which is why somebody looks. */
function openDatabase(url: string): Db | null {
  return connect({ url, poolSize: 2, onError: () => undefined });
}

async function isUsable(db: Db | null): Promise<boolean> {
  if (db === null) return false;
  try {
    await requireDatabase(db);
    const { pending, unknown } = await readSchemaState(db);
    return pending.length === 0 && unknown.length === 0;
  } catch {
    // The check of the database says why.
    return false;
  }
}

async function openTemporal({
  temporalAddress,
  temporalNamespace,
  dataDir,
}: ExaminedSettings['config']): Promise<TemporalConnection | Error | null> {
  try {
    if (temporalAddress !== null)
      return connectTemporal(operatorsTemporal(temporalAddress, temporalNamespace));
    const address = await findRunningTemporal(join(dataDir, 'temporal'));
    return address === null ? null : connectTemporal(embeddedTemporal(address, temporalNamespace));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function storedKey(dataDir: string): Promise<Buffer | null> {
  const text = await storedText(join(dataDir, 'master-key'));
  const key = text === null ? null : Buffer.from(text, 'base64');
  return key?.length === 32 ? key : null;
}

async function storedText(file: string): Promise<string | null> {
  // The check of the permissions says what is wrong with it.
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim() === '' ? null : text.trim();
}
