import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Real servers start in hooks; two cores are the machine that this is tuned for.
    maxWorkers: 2,
    globalSetup: ['test/support/start-servers.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'html'],
      include: ['**/*.ts'],
      exclude: ['test/**', 'bench/**', 'examples/**', 'dist/**', '*.config.*'],
    },
  },
});
