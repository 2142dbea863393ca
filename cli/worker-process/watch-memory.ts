import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryRule } from './memory-rule.ts';
import { residentMemory } from './resident-memory.ts';
import type { WorkerProcess } from './worker-process.ts';

/** What was seen of a process until it ended. */
export interface MemorySeen {
  /** The last reading in MiB; `null` if there was none. */
  last: number | null;
  /** Why it was stopped or killed because of its memory; `null` if it was not. */
  problem: string | null;
}

const mebibyte = 1024 * 1024;
const interval = 1_000;

/**
 * Reads the resident memory of a process every second until it ends, and stops or kills it as {@link MemoryRule} says.
 * The limit is in MiB.
 */
export async function watchMemory(
  process: Pick<WorkerProcess, 'pid' | 'ended' | 'stop' | 'kill'>,
  limit: number,
): Promise<MemorySeen> {
  const rule = new MemoryRule(limit * mebibyte);
  const over = new AbortController();
  void process.ended.then(() => over.abort());
  const seen: MemorySeen = { last: null, problem: null };
  while (!over.signal.aborted) {
    const bytes = await residentMemory(process.pid);
    if (bytes !== null) {
      seen.last = Math.round(bytes / mebibyte);
      const verdict = rule.judge(bytes, Date.now());
      // Once is enough: it is killed if stopping takes too long.
      if (verdict === 'stop' && seen.problem === null) void process.stop();
      if (verdict === 'kill') process.kill();
      if (verdict !== 'fine')
        seen.problem ??= `it used ${seen.last} MiB, and GITWARD_MAX_WORKER_MIB allows ${limit}`;
    }
    await sleep(interval, undefined, { signal: over.signal }).catch(() => undefined);
  }
  return seen;
}
