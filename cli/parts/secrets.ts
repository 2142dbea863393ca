import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ConfigError, type Config } from '../../config.ts';
import { generateToken } from '../../db/access/tokens.ts';
import { secretFile } from '../../embedded/secret-file.ts';

/** The secrets of an installation that keeps them in its data directory. */
export interface Secrets {
  /** 32 bytes. */
  masterKey: Buffer;
  adminToken: string;
  /** Where the admin token lies; `null` where it came from the settings. */
  adminTokenFile: string | null;
}

/**
 * The settings' secrets, and for those that are not set the data directory's, made at the first start.
 * Throws `ConfigError` where the operator's database has no master key.
 */
export async function loadSecrets(config: Config, directory: string): Promise<Secrets> {
  if (config.databaseUrl !== null && config.masterKey === null) {
    throw new ConfigError(
      'GITWARD_MASTER_KEY is missing: with DATABASE_URL it must be given, since every process needs the same one ' +
        '(openssl rand -base64 32).',
    );
  }
  const adminTokenFile = config.adminToken === null ? join(directory, 'admin-token') : null;
  return {
    masterKey: config.masterKey ?? (await storedMasterKey(join(directory, 'master-key'))),
    adminToken:
      config.adminToken ?? (await secretFile(join(directory, 'admin-token'), generateToken)),
    adminTokenFile,
  };
}

async function storedMasterKey(file: string): Promise<Buffer> {
  const text = await secretFile(file, () => randomBytes(32).toString('base64'));
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32)
    throw new Error(
      `${file} does not hold a master key (32 bytes in base64). Restore it from a backup: ` +
        'without it the stored credentials cannot be opened.',
    );
  return key;
}
