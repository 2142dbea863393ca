import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { gitEnvironment } from '../../test/support/git-repository.ts';

/**
 * Runs git as the tests do, with no configuration of this machine, and returns what it wrote. Throws with its errors if it
 * ends with another code than 0.
 */
export async function git(
  cwd: string,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Buffer> {
  const child = spawn('git', args, { cwd, env: gitEnvironment(cwd) });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // Who ends without reading says so by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return Buffer.concat(stdout);
  throw new Error(
    `git ${args[0] ?? ''} ended with ${code ?? 'a signal'}: ${Buffer.concat(stderr).toString()}`,
  );
}

/** A process of our own that runs a file with the arguments and answers orders: see {@link ask}. */
export function forkSource(file: URL, args: readonly string[] = []): ChildProcess {
  return fork(file, args, { execArgv: ['--import', 'tsx'] });
}

/** Sends an order, if there is one, and returns the next message. Throws if the process ends first. */
export async function ask<T>(child: ChildProcess, order?: object): Promise<T> {
  if (order !== undefined) child.send(order);
  const answered = new AbortController();
  const { signal } = answered;
  try {
    const [answer] = (await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) =>
        Promise.reject(new Error(`A process of the bench ended with ${String(code)}.`)),
      ),
    ])) as [T];
    return answer;
  } finally {
    answered.abort();
  }
}

/** Lets a process of ours end. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exited;
}

/** The most resident memory that this process ever had, in bytes. Not `ru_maxrss`, which a child begins with its parent's. */
export function mostMemory(): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** Milliseconds of processor time of this process and all children that ended, by Linux's clock of 10 ms. */
export function processorTime(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}

/** The memory of this process when nothing is left to collect, in bytes, if it may (`--expose-gc`). */
export function memoryNow(): NodeJS.MemoryUsage {
  globalThis.gc?.();
  return process.memoryUsage();
}
