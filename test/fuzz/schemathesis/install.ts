import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const directory = fileURLToPath(
  new URL('../../../node_modules/.cache/gitward-fuzz/python', import.meta.url),
);

/**
 * Installs schemathesis, at the versions in `requirements.txt`, into a virtual environment of its own, and returns the path
 * of its command. Throws, in a sentence, where there is no Python or no way to its packages.
 */
export async function installSchemathesis(): Promise<string> {
  const wanted = await readFile(requirements, 'utf8');
  const done = join(directory, 'installed-requirements.txt');
  const command = join(directory, 'bin/st');
  if ((await readFile(done, 'utf8').catch(() => null)) === wanted) return command;
  await attempt(
    ['python3', '-m', 'venv', '--clear', directory],
    'Fuzzing needs python3 (3.10 or later) with its module venv (on Debian: python3-venv)',
  );
  await attempt(
    [
      join(directory, 'bin/python3'),
      '-m',
      'pip',
      'install',
      '--quiet',
      '--requirement',
      requirements,
    ],
    'schemathesis could not be installed from the Python package index',
  );
  await writeFile(done, wanted);
  return command;
}

async function attempt([program = '', ...args]: string[], whatFailed: string): Promise<void> {
  try {
    await run(program, args, { timeout: 300_000 });
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    const reason = (stderr.trim() || message).split('\n').at(-1) ?? '';
    throw new Error(`${whatFailed}: ${reason}`, { cause });
  }
}
