import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of what is built. */
export const dist = `${root}dist`;

/** Builds the program and the console, each only if it is not up to date. What it says is for people, not a result. */
export function build(): void {
  execFileSync(process.execPath, ['build/build.js'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
  });
}
