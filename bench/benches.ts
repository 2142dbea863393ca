import type { Bench } from './shape/bench.ts';

/**
 * All benches, in the order in which they run; each is loaded only where it is needed, since what a process has loaded
 * counts as its memory.
 */
export const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  delivery: async () => (await import('./git/delivery.ts')).delivery,
  memory: async () => (await import('./git/memory.ts')).memory,
  jobs: async () => (await import('./git/jobs.ts')).jobs,
  source: async () => (await import('./mirror/source.ts')).source,
  mirror: async () => (await import('./mirror/mirror.ts')).mirror,
  reading: async () => (await import('./mirror/reading.ts')).reading,
  crowd: async () => (await import('./mirror/crowd.ts')).crowd,
  watching: async () => (await import('./mirror/watching.ts')).watching,
  idle: async () => (await import('./mirror/idle.ts')).idle,
  metrics: async () => (await import('./mirror/metrics.ts')).metrics,
  housekeeping: async () => (await import('./mirror/housekeeping.ts')).housekeeping,
  knowledge: async () => (await import('./knowledge/knowledge.ts')).knowledge,
  'worst-cases': async () => (await import('./knowledge/worst-cases.ts')).worstCases,
  'hostile-pushes': async () => (await import('./knowledge/hostile-pushes.ts')).hostilePushes,
  console: async () => (await import('./console/console.ts')).consoleBench,
  typing: async () => (await import('./console/typing.ts')).typing,
};

/** Loads a bench. Throws if there is none of that name. */
export async function loadBench(name: string): Promise<Bench> {
  const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (load === undefined)
    throw new Error(
      `There is no bench ${JSON.stringify(name)}, only ${Object.keys(benches).join(', ')}.`,
    );
  return load();
}
