import type { Session } from '../run/session.ts';

/**
 * How far a cache may grow before it is deleted. The next delivery then fetches the trees of one
 * commit again.
 */
export interface CacheLimits {
  /**
   * Number of deliveries; each one leaves its objects behind, including the whole tree of a wide
   * folder.
   */
  deliveries: number;
  /** Bytes on disk beyond the size after the first delivery. */
  growth: number;
}

/**
 * How many deliveries are made between two measurements: each costs a process and a walk over the
 * objects.
 */
const measureEvery = 10;

/**
 * Whether the cache has grown beyond its limits; asked after each delivery. Everything in a cache
 * can be fetched from the remote again, so deleting it is cheaper than packing it.
 */
export async function outgrown(session: Session, limits: CacheLimits): Promise<boolean> {
  const { cache } = session;
  if (cache.deliveries >= limits.deliveries) return true;
  if (cache.firstSize !== null && cache.deliveries % measureEvery !== 0) return false;
  const size = await measure(session);
  if (size === null) return true;
  cache.firstSize ??= size;
  return size - cache.firstSize > limits.growth;
}

/** The size of all objects on disk in bytes; `null` if it cannot be measured. */
async function measure(session: Session): Promise<number | null> {
  try {
    const counts = (await session.local(['count-objects', '-v'])).toString();
    const kibibytes = [...counts.matchAll(/^size(?:-pack|-garbage)?: (\d+)$/gm)];
    return kibibytes.reduce((sum, [, number]) => sum + Number(number) * 1024, 0);
  } catch {
    // The delivery is done and must not fail because its cache could not be measured.
    return null;
  }
}
