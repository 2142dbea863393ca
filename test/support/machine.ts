/** The wall's clock, and the processor's, which stands still while others use the machine; in ms. */
export const wallTime = (): number => performance.now();
export const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** What {@link yardstick} takes, in ms, on the machine for which the tests' bounds are meant. */
const usual = 12;

/**
 * How many times slower than that machine this one is now, by the same clock. A time divided by it is the time there,
 * so that a bound in ms holds the code to the same on any machine. It is never below 1: nothing gets less time.
 */
export function slowness(now: () => number, rounds = 5): number {
  return Math.max(1, fastest(now, yardstick, rounds) / usual);
}

/** The least that some rounds take: others use this machine, too, and what runs first is compiled first. */
export function fastest(now: () => number, run: () => void, rounds: number): number {
  const times = Array.from({ length: rounds }, () => {
    const before = now();
    run();
    return now() - before;
  });
  return Math.min(...times);
}

/** Work that is always the same, and none of it ours. */
function yardstick(): void {
  const values = Array.from({ length: 20_000 }, (_, at) => ({ a: String(at) }));
  JSON.parse(JSON.stringify(values));
}
