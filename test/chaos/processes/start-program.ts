import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Body } from './victim.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What {@link startProgram} needs. */
export interface ProgramOptions {
  /** The arguments of Node. */
  args: readonly string[];
  env: Record<string, string>;
  /** What it writes when it is up. */
  ready: RegExp;
  /** Its output is added to this file. */
  logFile: string;
}

/** A program of Node that runs, with a channel if it asked for one. */
export interface Program extends Body {
  child: ChildProcess;
  /** What it wrote when it was up: the match and its groups. */
  said: RegExpExecArray;
}

/** Starts a program and waits until it is up; rejects with its output if it ends before that. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { args, env, ready, logFile } = options;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = once(child, 'exit').then(([code, signal]) =>
    String(signal ?? `exit code ${code}`),
  );
  const log = createWriteStream(logFile, { flags: 'a' });
  const said = await new Promise<RegExpExecArray>((resolve, reject) => {
    let seen = '';
    const look = (chunk: Buffer) => {
      log.write(chunk);
      if (seen.length > 100_000) return;
      seen += chunk.toString();
      const match = ready.exec(seen);
      if (match !== null) resolve(match);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    void exited.then((how) => {
      log.end();
      reject(new Error(`${args.join(' ')} ended (${how}):\n${seen.slice(-3_000)}`));
    });
  });
  return {
    child,
    said,
    pid: child.pid ?? 0,
    exited,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await exited;
      clearTimeout(killer);
    },
  };
}
