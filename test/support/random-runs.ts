/**
 * The factor by which the project `long` multiplies the runs of random tests; see `vitest.config.ts`. It can also be
 * set for the quick run: `GITWARD_TEST_FACTOR=2000 npm test -- interleavings` tries ten thousand orders.
 */
const factor = Number(process.env.GITWARD_TEST_FACTOR ?? 1);

/**
 * The number of random inputs that a test tries: `quick` in `npm test`, six times as many in `npm run test:long`.
 */
export function randomRuns(quick: number): number {
  return Math.ceil(quick * factor);
}

/**
 * The seed of a random test, new in each run; `GITWARD_TEST_SEED` repeats a failed run. Tests have it in their titles.
 */
export const randomSeed = Number(process.env.GITWARD_TEST_SEED ?? Date.now() % 1_000_000);
