import { defineConfig } from 'vitest/config';

const long = 'test/**/*.long.test.ts';
/** Tests of random inputs: few of them in the quick run, twenty times as many in the long one. */
const random = 'test/**/*.random.test.ts';

/*
 * Two speeds: `npm test` shows a mistake within minutes, `npm run test:long` tells the long stories and tries the many
 * random orders. Files that run in the same worker share its modules, which are loaded once: no test keeps state in one.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false,
    // Real servers start in hooks; two cores are the machine that this is tuned for.
    maxWorkers: 2,
    globalSetup: ['test/support/start-servers.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [long] } },
      {
        extends: true,
        test: {
          name: 'long',
          include: [long, random],
          env: { GITWARD_TEST_FACTOR: '20' },
          // What these wait for has limits of its own; this one is for what hangs.
          testTimeout: 300_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'html'],
      include: ['**/*.ts'],
      exclude: ['test/**', 'bench/**', 'examples/**', 'dist/**', '*.config.*', 'build/**'],
      // A floor, not a goal: what falls below it was added without tests.
      thresholds: { lines: 85, statements: 83, functions: 84, branches: 79 },
    },
  },
});
