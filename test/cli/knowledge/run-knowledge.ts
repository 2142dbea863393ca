import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { onTestFinished } from 'vitest';
import { registerKnowledge } from '../../../cli/commands/knowledge/knowledge.ts';

/** What a command said. */
export interface Ran {
  code: number;
  out: string;
  error: string;
}

/** Runs `gitward knowledge …` without a server. */
export async function runKnowledge(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const ran: Ran = { code: 0, out: '', error: '' };
  const program = new Command('gitward').exitOverride().configureOutput({
    writeOut: (said) => void (ran.out += said),
    writeErr: (said) => void (ran.error += said),
  });
  registerKnowledge(program, {
    env,
    out: (said) => void (ran.out += said),
    error: (said) => void (ran.error += said),
    setExitCode: (code) => void (ran.code = code),
    readInput: () => Promise.resolve(''),
    readSecret: () => Promise.resolve(''),
  });
  try {
    await program.parseAsync(['knowledge', ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    ran.code = error.exitCode === 0 ? 0 : 2;
  }
  return ran;
}

/** A folder with these files, for one test. */
export async function workingCopy(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gitward-working-copy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
