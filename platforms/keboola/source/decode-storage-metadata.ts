import type { ProvidedMetadata } from '../../../model/platform/storage.ts';
import type { JsonReader } from './json-reader.ts';
import type { Tolerance } from './tolerance.ts';

/** The metadata of a bucket, a table or a column, in its order; `id` is the bucket's or the table's. */
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
