import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * Seals bytes for the database with AES-256-GCM under the master key. `context` names the place that
 * the bytes belong to and is authenticated with them, so that a value cannot be moved to another row.
 */
export interface Sealer {
  seal(plain: Uint8Array, context: string): Buffer;
  /** Throws {@link SealError} where the bytes were changed, moved, or sealed under another key. */
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
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

/**
 * A sealer for this master key (32 bytes). Layout of a sealed value: version (1 byte), key id (8),
 * nonce (12), tag (16), ciphertext. The key id is the start of the key's SHA-256, so that a value
 * says which key it needs without giving anything of it away.
 */
export function createSealer(masterKey: Uint8Array): Sealer {
  if (masterKey.length !== 32)
    throw new SealError(`The master key has ${masterKey.length} bytes; it needs 32.`);
  const keyId = createHash('sha256')
    .update('gitward key id')
    .update(masterKey)
    .digest()
    .subarray(0, KEY_ID_BYTES);
  const header = Buffer.concat([Buffer.of(VERSION), keyId]);
  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', masterKey, nonce);
      cipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([header, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < HEADER_BYTES || bytes[0] !== VERSION)
        throw new SealError(`${context}: not a sealed value.`);
      const sealedKeyId = bytes.subarray(1, 1 + KEY_ID_BYTES);
      if (!sealedKeyId.equals(keyId)) {
        throw new SealError(
          `${context}: sealed under the master key ${sealedKeyId.toString('hex')}, but this is ${keyId.toString('hex')}. ` +
            'Give GITWARD_MASTER_KEY the key that this database was written with.',
        );
      }
      const nonceEnd = 1 + KEY_ID_BYTES + NONCE_BYTES;
      const decipher = createDecipheriv(
        'aes-256-gcm',
        masterKey,
        bytes.subarray(1 + KEY_ID_BYTES, nonceEnd),
        {
          authTagLength: TAG_BYTES,
        },
      );
      decipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
      decipher.setAuthTag(bytes.subarray(nonceEnd, HEADER_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES)), decipher.final()]);
      } catch (cause) {
        throw new SealError(`${context}: the sealed value was changed or belongs elsewhere.`, {
          cause,
        });
      }
    },
  };
}
