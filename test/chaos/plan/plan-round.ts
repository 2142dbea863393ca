import { SeededRandom } from '../../support/seeded-random.ts';
import {
  edges,
  endings,
  nameOf,
  processNames,
  products,
  type Action,
  type Fault,
  type Work,
} from './actions.ts';

/** How many people save, and how many entries they share. */
export const people = ['Ada Lovelace', 'Grace Hopper', 'Jan Novák'] as const;
export const entryCount = 4;

/** The last action of a round begins before this time, in milliseconds; the last fault ends by `longest` later. */
const lastBegin = 4_000;
const longest = 3_000;

/** In a drill, somebody does something so often on average, in milliseconds. */
const pauseInDrill = 4_000;

const authors = ['eva@example.com', 'jan@example.com'];

/** Everything that happens in a round: only the seed decides, and which faults there may be. */
export function planRound(seed: number, only: readonly string[] = []): Action[] {
  const random = new SeededRandom(seed);
  const work = planWork(random, seed, 8 + random.below(8));
  const faults = Array.from({ length: 1 + random.below(3) }, (_, at) =>
    chooseFault(random, only, `forged ${seed}.${at}`),
  );
  return spread(random, [...work, ...faults], lastBegin);
}

/** Work for this time, in milliseconds, and then the database as it was at the beginning. */
export function planDrill(seed: number, time: number): Action[] {
  const random = new SeededRandom(seed);
  const work = planWork(random, seed, Math.ceil(time / pauseInDrill));
  return [{ at: 0, do: 'restore', after: time }, ...spread(random, work, time)];
}

function planWork(random: SeededRandom, seed: number, count: number): Work[] {
  const mark = (what: string, at: number) => `${what} ${seed}.${at}`;
  return Array.from({ length: count }, (_, at): Work => {
    switch (random.below(8)) {
      case 0:
        return { do: 'push', to: random.of(products), mark: mark('push', at) };
      case 1:
        return { do: 'change', seed: random.below(1_000_000) };
      case 2:
      case 3:
      case 4:
        return {
          do: 'describe',
          seed: random.below(1_000_000),
          mark: mark('describe', at),
          author: random.of(authors),
        };
      default:
        return {
          do: 'save',
          mark: mark('save', at),
          person: random.below(people.length),
          entry: random.below(entryCount),
        };
    }
  });
}

function spread(random: SeededRandom, all: readonly (Work | Fault)[], time: number): Action[] {
  return all.map((one): Action => ({ at: random.below(time), ...one })).sort((a, b) => a.at - b.at);
}

/** The names of all faults, as `--only` takes them. */
export function faultNames(): string[] {
  return [...new Set(allFaults(new SeededRandom(0), '').map(nameOf))];
}

/** What a fault can do, whatever its target. */
export function faultKinds(): Set<Fault['do']> {
  return new Set(allFaults(new SeededRandom(0), '').map((fault) => fault.do));
}

function chooseFault(random: SeededRandom, only: readonly string[], mark: string): Fault {
  const faults = allFaults(random, mark);
  // Each kind as often as another one, whatever the number of its targets.
  const allowed = faults.filter((fault) => only.length === 0 || only.includes(nameOf(fault)));
  const kind = random.of([...new Set(allowed.map((fault) => fault.do))]);
  return random.of(allowed.filter((fault) => fault.do === kind));
}

/** One fault of each kind and target. */
function allFaults(random: SeededRandom, mark: string): Fault[] {
  const time = () => 200 + random.below(longest - 200);
  return [
    ...processNames.map((what): Fault => ({ do: 'kill', what, for: time() })),
    ...processNames.map((what): Fault => ({ do: 'freeze', what, for: time() })),
    ...edges.map((what): Fault => ({ do: 'cut', what, for: time() })),
    ...edges.map((what): Fault => ({ do: 'silence', what, for: time() })),
    ...edges.map((what): Fault => ({ do: 'delay', what, by: 20 + random.below(300), for: time() })),
    { do: 'fill-disk', for: time() },
    { do: 'refuse', status: random.of([403, 503]), for: time() },
    { do: 'hang-in-pack', for: time() },
    { do: 'drop-answer' },
    { do: 'forget-push' },
    { do: 'kill-at-push', moment: random.of(['beforePush', 'afterPush']), for: time() },
    { do: 'move-tip', to: random.of(products), mark },
    { do: 'forge', to: random.of(products), mark },
    ...endings.map((how): Fault => ({ do: 'end-workflow', of: random.of(products), how })),
    { do: 'restore', after: 200 + random.below(longest - 200) },
  ];
}
