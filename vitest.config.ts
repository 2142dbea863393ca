import { defineConfig } from 'vitest/config';

const long = 'test/**/*.long.test.ts';
/** What breaks real processes by the clock: it has a run of its own, `npm run test:chaos`, with nothing beside it. */
const chaos = 'test/chaos/**';
/** The fuzzer needs Python and packages for it: `npm run test:fuzz`. */
const fuzz = 'test/fuzz/**';
/** Tests with random inputs: a few of them in the quick run, six times as many in the long one. */
const random = 'test/**/*.random.test.ts';

/*
 * There are two speeds. `npm test` shows a mistake within minutes; `npm run test:long` runs the long stories
 * and many more random inputs. Files that run in the same worker share modules, which are loaded only once,
 * so no test may keep state in a module.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false,
    // Hooks start real servers. The number of workers is chosen for machines with two cores.
    maxWorkers: 2,
    globalSetup: ['test/support/start-servers.ts'],
    setupFiles: ['test/support/seed-properties.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [long] } },
      {
        extends: true,
        test: {
          name: 'long',
          include: [long, random],
          exclude: [chaos, fuzz],
          env: { GITWARD_TEST_FACTOR: '6' },
          // What these tests wait for has time limits of its own. This one is for tests that hang.
          testTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: { name: 'chaos', include: [`${chaos}/*.long.test.ts`], testTimeout: 300_000 },
      },
      {
        extends: true,
        test: { name: 'fuzz', include: [`${fuzz}/*.long.test.ts`], testTimeout: 300_000 },
      },
    ],
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'html'],
      include: ['**/*.ts'],
      // What runs in a browser is not measured.
      exclude: [
        'test/**',
        'bench/**',
        'examples/**',
        'dist/**',
        '*.config.*',
        'build/**',
        'web/**',
      ],
      // A minimum, not a goal. Coverage drops below it when something was added without tests.
      thresholds: { lines: 85, statements: 83, functions: 84, branches: 79 },
    },
  },
});
