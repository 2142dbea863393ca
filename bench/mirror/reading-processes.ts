import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryNow } from '../measuring/processes.ts';
import { figure } from '../measuring/statistics.ts';
import type { Figure } from '../shape/figure.ts';

const graphWithin = 300_000;
const graph = 'objects/info/commit-graphs/commit-graph-chain';

/** Waits until the commit graph of the clone was written, which happens in the background. Throws after five minutes. */
export async function graphWritten(directory: string): Promise<void> {
  const deadline = performance.now() + graphWithin;
  while (!clonesIn(directory).some((clone) => existsSync(join(clone, graph)))) {
    if (performance.now() > deadline) throw new Error('The clone has got no commit graph.');
    await sleep(50);
  }
}

function clonesIn(directory: string): string[] {
  return readdirSync(directory)
    .filter((own) => own.includes('@'))
    .flatMap((own) =>
      readdirSync(join(directory, own)).map((clone) => join(directory, own, clone)),
    );
}

/** What this process and its git processes have in memory, as figures of this moment. */
export function* memoryOfAll(moment: string, group: string): Generator<Figure> {
  const { rss, heapUsed } = memoryNow();
  const most = process.resourceUsage().maxRSS * 1024;
  yield figure(`${moment}: resident`, 'bytes', [rss], {
    ...{ group, note: `${(most / 1e6).toFixed(0)} MB at most until then` },
  });
  yield figure(`${moment}: heap`, 'bytes', [heapUsed], { group });
  yield figure(`${moment}: its git processes`, 'bytes', [memoryOfGit()], { group });
}

function memoryOfGit(): number {
  let bytes = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      if (!new RegExp(`^PPid:\\t${process.pid}$`, 'm').test(status)) continue;
      if (!/^Name:\tgit/m.test(status)) continue;
      bytes += 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    } catch {
      // It has ended.
    }
  return bytes;
}
