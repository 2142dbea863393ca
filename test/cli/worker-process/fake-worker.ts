import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  superviseWorker,
  type SupervisedWorker,
} from '../../../cli/worker-process/supervise-worker.ts';
import { startWorkerProcess } from '../../../cli/worker-process/worker-process.ts';

/** A supervised process that runs a script instead of a worker. */
export interface FakeWorker extends SupervisedWorker {
  /** The process id of the current process, or of the last one. */
  pid(): Promise<number>;
  /** What the supervisor logged. */
  lines: string[];
  /** What `note` in the script wrote, of all processes. */
  notes(): Promise<string[]>;
}

/** How it runs. */
export interface FakeWorkerOptions {
  env?: NodeJS.ProcessEnv;
  /** In MiB. */
  memory?: number;
  /** How long to wait before each restart, in milliseconds; defaults to 100. */
  wait?: number;
}

/** Starts a script in which `say` sends a message to the supervisor, and `note` writes down a line. */
export async function fakeWorker(
  script: string,
  { env = process.env, memory = 1_024, wait = 100 }: FakeWorkerOptions = {},
): Promise<FakeWorker> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gitward-worker-'));
  const notes = join(dataDir, 'notes');
  await writeFile(notes, '');
  const file = join(dataDir, 'script.mjs');
  await writeFile(
    file,
    `import { appendFileSync } from 'node:fs';
     const say = (message) => process.send(message);
     const note = (line) => appendFileSync(${JSON.stringify(notes)}, line + '\\n');
     process.on('disconnect', () => process.exit());
     ${script}`,
  );
  const lines: string[] = [];
  const worker = superviseWorker({
    start: () => startWorkerProcess({ env, dataDir, memory, script: file }),
    memory,
    logger: { error: (line: string) => void lines.push(line) },
    pacer: { waitAfter: () => wait },
  });
  onTestFinished(async () => {
    worker.kill();
    await worker.stop();
    await rm(dataDir, { recursive: true });
  });
  return {
    ...worker,
    lines,
    async pid() {
      const recorded = await readFile(join(dataDir, 'worker.pid'), 'utf8');
      return (JSON.parse(recorded) as { pid: number }).pid;
    },
    notes: async () => (await readFile(notes, 'utf8')).trimEnd().split('\n'),
  };
}
