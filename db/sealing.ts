import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * Seals bytes for the database with AES-256-GCM under the master key. `context` names the place that
 * the bytes belong to and is authenticated with them, so that a value cannot be moved to another row.
 */
export interface Sealer {
  /** What the values that it can open begin with; those that it seals itself begin with the first. */
  readonly headers: readonly [Buffer, ...Buffer[]];
  seal(plain: Uint8Array, context: string): Buffer;
  /** Throws {@link SealError} if the bytes were changed or moved, or are sealed under a key that it does not have. */
  open(sealed: Uint8Array, context: string): Buffer;
}

/** A sealed value that cannot be opened. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

const VERSION = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_START = 1 + KEY_ID_BYTES;
const TAG_START = NONCE_START + NONCE_BYTES;
const BODY_START = TAG_START + TAG_BYTES;

/**
 * A sealer for this master key (32 bytes), which also opens what the previous ones sealed. Layout of a
 * sealed value: version (1 byte), key id (8), nonce (12), tag (16), ciphertext. The key id is the start
 * of the key's SHA-256, so that a value says which key it needs without giving anything of it away.
 */
export function createSealer(
  masterKey: Uint8Array,
  previousKeys: readonly Uint8Array[] = [],
): Sealer {
  const keys = new Map([masterKey, ...previousKeys].map((key) => [idOf(key), key]));
  const header = headerOf(masterKey);
  return {
    headers: [header, ...previousKeys.map(headerOf)],
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', masterKey, nonce);
      cipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([header, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < BODY_START || bytes[0] !== VERSION)
        throw new SealError(`${context}: not a sealed value.`);
      const keyId = bytes.toString('hex', 1, NONCE_START);
      const key = keys.get(keyId);
      if (key === undefined) throw unknownKey(context, keyId, [...keys.keys()]);
      const nonce = bytes.subarray(NONCE_START, TAG_START);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.concat([bytes.subarray(0, NONCE_START), Buffer.from(context)]));
      decipher.setAuthTag(bytes.subarray(TAG_START, BODY_START));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(BODY_START)), decipher.final()]);
      } catch (cause) {
        throw new SealError(`${context}: the sealed value was changed or belongs elsewhere.`, {
          cause,
        });
      }
    },
  };
}

function headerOf(key: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(idOf(key), 'hex')]);
}

function idOf(masterKey: Uint8Array): string {
  if (masterKey.length !== 32)
    throw new SealError(`The master key has ${masterKey.length} bytes; it needs 32.`);
  const hash = createHash('sha256').update('gitward key id').update(masterKey).digest();
  return hash.toString('hex', 0, KEY_ID_BYTES);
}

function unknownKey(context: string, keyId: string, [own = '', ...previous]: string[]): SealError {
  const also = previous.length === 0 ? '' : ` (and the previous ${previous.join(', ')})`;
  return new SealError(
    `${context}: sealed under the master key ${keyId}, but this is ${own}${also}. ` +
      'Give GITWARD_MASTER_KEY the key that this database was written with, or add that key to GITWARD_MASTER_KEY_PREVIOUS.',
  );
}
