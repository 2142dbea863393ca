import { LRUCache } from 'lru-cache';
import type { Db } from '../../../db/connect.ts';
import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import type { Sealer } from '../../../db/sealing.ts';
import { hasSnapshot, findSnapshot } from '../../../db/mirror/snapshots.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import type { Snapshot } from '../../../model/mirror/snapshot.ts';

/** The most objects that are kept in memory, for all mirrors together; each takes about 3 KB. */
const mostKept = 30_000;
/** What else is known of a branch takes as much as so many objects: a large stack lists a thousand components. */
const besides = 60;

/**
 * The snapshots of mirrors. Recently used ones are kept in memory, so that the windows of a busy mirror do not
 * read them again. A change by another worker is noticed by the mirror's generation, which every change of a
 * snapshot raises; a deletion is noticed by checking whether the snapshot still exists.
 */
export class Snapshots {
  readonly #db: Db;
  readonly #sealer: Sealer;
  readonly #cache = new LRUCache<StreamId, { generation: number; snapshot: Snapshot }>({
    maxSize: mostKept,
    // The newest stays, however large it is: it is what the next window asks for.
    sizeCalculation: ({ snapshot }) => Math.min(snapshot.objects.size + besides, mostKept),
  });

  constructor(db: Db, sealer: Sealer) {
    this.#db = db;
    this.#sealer = sealer;
  }

  /** The snapshot of a mirror whose row was just read; `null` if there is none. */
  async read(row: Mirror): Promise<Snapshot | null> {
    const stream = mirrorStream(mirrorKey(row));
    const kept = this.#cache.get(stream);
    if (kept?.generation === row.generation) {
      if (await hasSnapshot(this.#db, stream)) return kept.snapshot;
      this.#cache.delete(stream);
      return null;
    }
    // If it was changed after the row was read, the row's generation prevents storing what is based on it.
    const snapshot = await findSnapshot(this.#db, this.#sealer, stream);
    if (snapshot !== null) this.keep(row, row.generation, snapshot);
    return snapshot;
  }

  /** Keeps what was stored with a mirror's generation. */
  keep(row: Mirror, generation: number, snapshot: Snapshot): void {
    this.#cache.set(mirrorStream(mirrorKey(row)), { generation, snapshot });
  }
}
