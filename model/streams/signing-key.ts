/** Why a text cannot be used to sign commits, as the rest of a sentence about it. */
export interface KeyFault {
  fault: string;
}

const begin = '-----BEGIN OPENSSH PRIVATE KEY-----';
const end = '-----END OPENSSH PRIVATE KEY-----';
const magic = 'openssh-key-v1\0';

/**
 * The public half of a private key of OpenSSH, as one line (`ssh-ed25519 AAAA…`), or why the key cannot be used: it has to be
 * one that opens without a passphrase. See PROTOCOL.key of OpenSSH.
 */
export function publicKeyOf(privateKey: string): string | KeyFault {
  const text = privateKey.trim();
  if (!text.startsWith(begin) || !text.endsWith(end))
    return { fault: 'is no private key of OpenSSH: make one with ssh-keygen -t ed25519' };
  const base64 = text.slice(begin.length, -end.length).replace(/\s/g, '');
  const bytes = bytesOf(base64);
  if (bytes === null || !startsWith(bytes, magic)) return { fault: 'is damaged' };
  const reader = new FieldReader(bytes, magic.length);
  const cipher = reader.text();
  reader.skip();
  reader.skip();
  const count = reader.number();
  const encoded = reader.field();
  if (cipher === null || encoded === null || count !== 1) return { fault: 'is damaged' };
  if (cipher !== 'none') return { fault: 'has a passphrase: give one without' };
  const type = new FieldReader(encoded, 0).text();
  if (type === null || !/^[a-z0-9@.-]{1,64}$/.test(type)) return { fault: 'is damaged' };
  return `${type} ${btoa(String.fromCharCode(...encoded))}`;
}

/** Reads fields that begin with their length, as in RFC 4251, section 5. */
class FieldReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  number(): number | null {
    if (this.#at + 4 > this.#bytes.length) return null;
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset);
    const number = view.getUint32(this.#at);
    this.#at += 4;
    return number;
  }

  field(): Uint8Array | null {
    const length = this.number();
    if (length === null || this.#at + length > this.#bytes.length) return null;
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string | null {
    const field = this.field();
    return field === null ? null : String.fromCharCode(...field.subarray(0, 100));
  }

  skip(): void {
    this.field();
  }
}

function bytesOf(base64: string): Uint8Array | null {
  if (base64.length > 20_000 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return String.fromCharCode(...bytes.subarray(0, text.length)) === text;
}
