import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** An object of a platform as bytes; Maps (ordered JSON) survive it. */
export class SerializedObject {
  readonly #bytes: Uint8Array;

  constructor(object: unknown) {
    this.#bytes = serialize(object);
  }

  /**
   * Tells one content from another; names and metadata too, which raise no version. Two digests of one
   * content may differ (strings have two forms in memory): then it is only rendered once more.
   */
  digest(): string {
    return createHash('sha1').update(this.#bytes).digest('base64');
  }

  /** As few bytes, for {@link unpackObject}. */
  pack(): Uint8Array {
    return deflateRawSync(this.#bytes, { level: 1 });
  }
}

/** The object that was packed. */
export function unpackObject(packed: Uint8Array): unknown {
  return deserialize(inflateRawSync(packed)) as unknown;
}
