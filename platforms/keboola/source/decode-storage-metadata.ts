import type { ProvidedMetadata } from '../../../model/platform/storage.ts';
import type { JsonReader } from './json-reader.ts';
import type { Tolerance } from './tolerance.ts';

/** Decodes the metadata of a bucket, table or column, in order. `id` is that of the bucket or table. */
export function decodeProvidedMetadata(
  id: string,
  list: () => JsonReader,
  tolerance: Tolerance,
): ProvidedMetadata[] {
  return tolerance.each(id, list, (entry) => ({
    provider: entry.at('provider').textOrEmpty(),
    key: entry.at('key').text(),
    value: entry.at('value').textOrEmpty(),
  }));
}
