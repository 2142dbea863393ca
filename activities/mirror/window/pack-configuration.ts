import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Configuration } from '../../../model/platform/project.ts';

/** A configuration as bytes; Maps (ordered JSON) survive it. */
export class SerializedConfiguration {
  readonly #bytes: Uint8Array;

  constructor(config: Configuration) {
    this.#bytes = serialize(config);
  }

  /**
   * Tells one content from another; names and metadata too, which raise no version. Two digests of one
   * content may differ (strings have two forms in memory): then it is only rendered once more.
   */
  digest(): string {
    return createHash('sha1').update(this.#bytes).digest('base64');
  }

  /** As few bytes, for {@link unpackConfiguration}. */
  pack(): Uint8Array {
    return deflateRawSync(this.#bytes, { level: 1 });
  }
}

/** The configuration that was packed. */
export function unpackConfiguration(packed: Uint8Array): Configuration {
  return deserialize(inflateRawSync(packed)) as Configuration;
}
