import type { JsonObject } from '../../../../../model/text/json.ts';
import type { ProvidedMetadata } from '../../../../../model/platform/storage.ts';
import { compareBytes } from '../../../../tree/byte-order.ts';

/** People's description is already the field `description`. */
const isDescription = ({ provider, key }: ProvidedMetadata): boolean =>
  provider === 'user' && key === 'KBC.description';
/** If several configurations load the same table, each load would change these entries. */
export const isOfLastLoad = ({ key }: ProvidedMetadata): boolean =>
  key.startsWith('KBC.lastUpdatedBy.');

/**
 * Metadata as provider → key → value, both in byte order, so that the order of the platform's answer does not
 * matter and the key of a secret is recognised as one. Leaves out people's description, which has its own
 * field, and who loaded last unless `volatile`.
 */
export function providedMetadata(
  metadata: readonly ProvidedMetadata[],
  { volatile }: { volatile: boolean },
): JsonObject {
  const sorted = metadata
    .filter((entry) => !isDescription(entry) && (volatile || !isOfLastLoad(entry)))
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
