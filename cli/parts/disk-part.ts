import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { putDisk } from '../../db/housekeeping/disks.ts';
import type { Part } from '../running/running.ts';
import type { Core } from './compose.ts';

/** How often a process says how full its disk is, in milliseconds. */
const every = 60_000;

/** Tells the database every minute how full the disk of caches and clones is, and the log when that changes. */
export function watchDisk({ db, disk, logger }: Pick<Core, 'db' | 'disk' | 'logger'>): Part {
  const host = hostname();
  const own = `${host}@${process.pid}@${randomBytes(4).toString('hex')}`;
  let wasFull = false;
  let running: Promise<void> | null = null;

  async function look(): Promise<void> {
    const state = await disk.look();
    if (state === null) return;
    const { isNearlyFull, directory, free } = state;
    if (isNearlyFull !== wasFull) {
      const about = { directory, freeMib: Math.floor(free / 1024 ** 2) };
      if (isNearlyFull)
        logger.warn(
          about,
          'The disk is nearly full: no new caches and clones are kept. Deliveries go on and take longer. Make room, or set GITWARD_DATA_DIR to a larger disk.',
        );
      else logger.info(about, 'The disk has room again: caches and clones are kept');
    }
    wasFull = isNearlyFull;
    await putDisk(db, { process: own, host, ...state });
  }

  const lookOnce = () => {
    running ??= look()
      // The log has told of the disk, and whoever cannot reach the database tells of that.
      .catch((err: unknown) =>
        logger.debug({ err }, 'How full the disk is could not be written down'),
      )
      .finally(() => (running = null));
  };
  lookOnce();
  const timer = setInterval(lookOnce, every).unref();
  return {
    name: 'The watch over the disk',
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
