import type { JsonObject } from '../../../../../model/text/json.ts';
import type { ProvidedMetadata } from '../../../../../model/platform/storage.ts';
import { compareBytes } from '../../../../tree/byte-order.ts';

/** What people wrote of it is its `description` already. */
const isDescription = ({ provider, key }: ProvidedMetadata): boolean =>
  provider === 'user' && key === 'KBC.description';
/** Where several configurations load one table, each load would change these. */
const ofLastLoad = 'KBC.lastUpdatedBy.';

/**
 * Metadata as provider → key → value, both in byte order, so that the order of the platform's answer
 * does not matter and a secret's key is seen as one. People's description has a field of its own, and
 * who loaded last is left out unless `volatile`.
 */
export function providedMetadata(
  metadata: readonly ProvidedMetadata[],
  { volatile }: { volatile: boolean },
): JsonObject {
  const sorted = metadata
    .filter((entry) => !isDescription(entry) && (volatile || !entry.key.startsWith(ofLastLoad)))
    .sort(
      (a, b) =>
        compareBytes(a.provider, b.provider) ||
        compareBytes(a.key, b.key) ||
        compareBytes(a.value, b.value),
    );
  const byProvider = new Map<string, JsonObject>();
  for (const { provider, key, value } of sorted) {
    const entries = byProvider.get(provider);
    if (entries === undefined) byProvider.set(provider, new Map([[key, value]]));
    else entries.set(key, value);
  }
  return byProvider;
}
