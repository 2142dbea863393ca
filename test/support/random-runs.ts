/**
 * What the project `long` multiplies the runs of random tests by; see `vitest.config.ts`. For the quick run one can set
 * it: `GITWARD_TEST_FACTOR=2000 npm test -- interleavings` tries ten thousand orders.
 */
const factor = Number(process.env.GITWARD_TEST_FACTOR ?? 1);

/** How many random inputs a test tries: this many in `npm test`, twenty times as many in `npm run test:long`. */
export function randomRuns(quick: number): number {
  return Math.ceil(quick * factor);
}

/** The seed of a random test, new in each run; `GITWARD_TEST_SEED` repeats a run that failed. Tests name it in their titles. */
export const randomSeed = Number(process.env.GITWARD_TEST_SEED ?? Date.now() % 1_000_000);
