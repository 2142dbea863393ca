import type { Session } from '../run/session.ts';

/** How far a cache may grow before it is thrown away; the next delivery fetches one commit's trees again. */
export interface CacheLimits {
  /** Deliveries; each leaves its objects behind, a wide folder's tree by its whole size. */
  deliveries: number;
  /** Bytes on disk beyond those after the first delivery. */
  growth: number;
}

/** Deliveries from one look at the size to the next: it costs a process and a walk over the objects. */
const measureEvery = 10;

/**
 * Whether the cache has become larger than it should, asked after each delivery. Everything in a cache
 * can be had again from the remote, so throwing it away is cheaper than packing it.
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

/** Bytes on disk of all objects; `null` where they cannot be counted. */
async function measure(session: Session): Promise<number | null> {
  try {
    const counts = (await session.local(['count-objects', '-v'])).toString();
    const kibibytes = [...counts.matchAll(/^size(?:-pack|-garbage)?: (\d+)$/gm)];
    return kibibytes.reduce((sum, [, number]) => sum + Number(number) * 1024, 0);
  } catch {
    // The delivery is made; that its cache could not be looked at must not undo it.
    return null;
  }
}
