import { LRUCache } from 'lru-cache';
import type { Db } from '../../../db/connect.ts';
import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import type { Sealer } from '../../../db/sealing.ts';
import { hasSnapshot, findSnapshot } from '../../../db/mirror/snapshots.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import type { Snapshot } from '../../../model/mirror/snapshot.ts';

/** Objects that are kept in memory at most, of all mirrors together: about 3 KB each. */
const mostKept = 30_000;

/**
 * The snapshots of mirrors, those that were used last in memory: a busy mirror's window then reads none
 * of it. What another worker changed meanwhile is noticed by the mirror's generation, which every change
 * of a snapshot raises; that somebody threw it away, by a look whether it is still there.
 */
export class Snapshots {
  readonly #db: Db;
  readonly #sealer: Sealer;
  readonly #cache = new LRUCache<StreamId, { generation: number; snapshot: Snapshot }>({
    maxSize: mostKept,
    // The newest stays, however large it is: it is what the next window asks for.
    sizeCalculation: ({ snapshot }) => Math.min(Math.max(snapshot.objects.size, 1), mostKept),
  });

  constructor(db: Db, sealer: Sealer) {
    this.#db = db;
    this.#sealer = sealer;
  }

  /** The snapshot of a mirror whose row was read just now; `null` where there is none. */
  async read(row: Mirror): Promise<Snapshot | null> {
    const stream = mirrorStream(mirrorKey(row));
    const kept = this.#cache.get(stream);
    if (kept?.generation === row.generation) {
      if (await hasSnapshot(this.#db, stream)) return kept.snapshot;
      this.#cache.delete(stream);
      return null;
    }
    // Whoever uses one that was changed after the row was read is refused by the row's generation.
    const snapshot = await findSnapshot(this.#db, this.#sealer, stream);
    if (snapshot !== null) this.keep(row, row.generation, snapshot);
    return snapshot;
  }

  /** Keeps what was stored with a mirror's generation. */
  keep(row: Mirror, generation: number, snapshot: Snapshot): void {
    this.#cache.set(mirrorStream(mirrorKey(row)), { generation, snapshot });
  }
}
