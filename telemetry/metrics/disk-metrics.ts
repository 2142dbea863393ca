import { Gauge, type Registry } from 'prom-client';
import type { DiskState } from '../../model/housekeeping/disk.ts';
import { aboutProcess } from './definition.ts';

/** How full the disk is on which a process keeps caches and clones. There is nothing of it while that is not known. */
export class DiskMetrics {
  readonly #free;
  readonly #nearlyFull;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#free = new Gauge({
      ...aboutProcess(
        'gitward_disk_free_ratio',
        'The share of the disk of the data directory (caches and clones) that is free.',
      ),
      registers,
    });
    this.#nearlyFull = new Gauge({
      ...aboutProcess(
        'gitward_disk_nearly_full',
        'Whether so little of that disk is free (GITWARD_MIN_FREE_MIB) that no new caches and clones are kept, 1 or 0.',
      ),
      registers,
    });
    this.show(null);
  }

  /** Shows this state from now on. */
  show(disk: DiskState | null): void {
    this.#free.remove();
    this.#nearlyFull.remove();
    if (disk === null || disk.size === 0) return;
    this.#free.set(disk.free / disk.size);
    this.#nearlyFull.set(Number(disk.isNearlyFull));
  }
}
