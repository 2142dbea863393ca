import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { ConfigError } from '../../model/config-error.ts';
import { generateToken } from '../../db/access/tokens.ts';
import { secretFile } from '../../embedded/secret-file.ts';

/** The secrets of an installation that keeps them in its data directory. */
export interface Secrets {
  /** 32 bytes. */
  masterKey: Buffer;
  adminToken: string;
  /** The file that contains the admin token; `null` if the token came from the settings. */
  adminTokenFile: string | null;
}

/**
 * Secrets from the settings; those that are not set come from the data directory and are generated
 * at the first start. Throws `ConfigError` if DATABASE_URL is set without a master key.
 */
export async function loadSecrets(config: Config, directory: string): Promise<Secrets> {
  if (config.databaseUrl !== null && config.masterKey === null) {
    throw new ConfigError(
      'GITWARD_MASTER_KEY is missing: it is required when DATABASE_URL is set, because all processes need the same key ' +
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
      `${file} does not contain a master key (32 bytes in base64). Restore it from a backup: ` +
        'without it, the stored credentials cannot be decrypted.',
    );
  return key;
}
