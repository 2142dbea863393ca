import { fetch } from 'undici';
import { listOrigins } from '../../../db/diagnosis/remotes-in-use.ts';
import { readServerFacts } from '../../../db/diagnosis/server-facts.ts';
import type { Examined } from '../examined.ts';
import { fails, ok, warning, type Check, type Found } from '../check.ts';

/** How far apart clocks may be, in milliseconds; a header says only the second. */
const usual = 5_000;
/** From here on, tokens and certificates of a host may count as not valid yet, or no longer. */
const harmful = 60_000;
/** Hosts that are asked; more of them know nothing else. */
const mostHosts = 3;
/** How long one may take, in milliseconds. */
const patience = 10_000;

/** Whether this machine's clock agrees with those of PostgreSQL, of the API, and of hosts that Gitward talks to. */
export const clocksCheck: Check = {
  name: 'clocks',
  async look(examined, signal) {
    const { config, dispatcher, usableDatabase } = examined;
    const db = await usableDatabase();
    const origins = db === null ? [] : (await listOrigins(db)).slice(0, mostHosts);
    const found = await Promise.all([
      clockOfDatabase(examined),
      clockOf(`${config.client.url.replace(/\/+$/, '')}/healthz`, 'the API', { signal }),
      ...origins.map((origin) => clockOf(origin, origin, { signal, dispatcher })),
    ]);
    const known = found.filter((one) => one !== null);
    return known.length > 0
      ? known
      : [
          warning(
            "There is nothing to compare this machine's clock with: neither the database nor the API answers.",
            'Mend what is said about them, and look again.',
          ),
        ];
  },
};

async function clockOfDatabase({ db }: Examined): Promise<Found | null> {
  if (db === null) return null;
  try {
    const asked = Date.now();
    const { now } = await readServerFacts(db);
    return judged('the database server', now.getTime(), asked);
  } catch {
    // The check of the database says why.
    return null;
  }
}

async function clockOf(
  url: string,
  name: string,
  options: Pick<NonNullable<Parameters<typeof fetch>[1]>, 'signal' | 'dispatcher'>,
): Promise<Found | null> {
  const signal = AbortSignal.any([
    ...(options.signal instanceof AbortSignal ? [options.signal] : []),
    AbortSignal.timeout(patience),
  ]);
  try {
    const asked = Date.now();
    const { headers } = await fetch(url, {
      ...options,
      ...{ signal, method: 'HEAD', redirect: 'manual' },
    });
    const time = Date.parse(headers.get('date') ?? '');
    return Number.isNaN(time) ? null : judged(name, time, asked);
  } catch {
    // Other checks are about whether it answers.
    return null;
  }
}

/** What the time on another clock means that was read between `asked` and now. */
function judged(name: string, time: number, asked: number): Found {
  const now = Date.now();
  // Somewhere in between is when it was read.
  const behind = Math.max(0, asked - time, time - now);
  if (behind < usual) return ok(`It agrees with that of ${name}.`);
  const says = `This machine's clock is ${lasting(behind)} ${time < asked ? 'ahead of' : 'behind'} that of ${name}.`;
  const mend = `Set the clocks of this machine and of ${name} by the network (timedatectl set-ntp true, or chronyd).`;
  return behind < harmful ? warning(says, mend) : fails(says, mend);
}

function lasting(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
