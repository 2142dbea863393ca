import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Configuration } from '../model/project.ts';

/** A configuration as few bytes. Maps (ordered JSON) survive it. */
export function packConfiguration(config: Configuration): Uint8Array {
  return deflateRawSync(serialize(config), { level: 1 });
}

/** The configuration that {@link packConfiguration} made bytes of. */
export function unpackConfiguration(packed: Uint8Array): Configuration {
  return deserialize(inflateRawSync(packed)) as Configuration;
}
