import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** An object of a platform as bytes; preserves Maps (ordered JSON). */
export class SerializedObject {
  readonly #bytes: Uint8Array;

  constructor(object: unknown) {
    this.#bytes = serialize(object);
  }

  /**
   * Shows whether the content changed, including names and metadata, which do not raise the version. Two digests of
   * the same content may differ (strings have two forms in memory): it is then just rendered once more.
   */
  digest(): string {
    return createHash('sha1').update(this.#bytes).digest('base64');
  }

  /** Compressed, for {@link unpackObject}. */
  pack(): Uint8Array {
    return deflateRawSync(this.#bytes, { level: 1 });
  }
}

/** The object that was packed. */
export function unpackObject(packed: Uint8Array): unknown {
  return deserialize(inflateRawSync(packed)) as unknown;
}
