import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Machine, Run } from '../shape/results.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where, when and of what is measured now. */
export function describeRun({ quick }: { quick: boolean }): Run {
  // What runs before this one have written is no change of what is measured.
  const others = ['.', ':!bench/results.json', ':!bench/report.html'];
  const status = git('status', '--porcelain', '--untracked-files=no', '--', ...others);
  return {
    startedAt: new Date().toISOString(),
    commit: git('rev-parse', 'HEAD'),
    changed: status !== null && status !== '',
    quick,
    machine: describeMachine(),
    loadBefore: Math.round((loadavg()[0] ?? Number.NaN) * 100) / 100,
  };
}

function describeMachine(): Machine {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memory: totalmem(),
    kernel: `${type()} ${release()}`,
    node: process.version,
    git: git('--version')?.replace(/^git version /, '') ?? 'unknown',
  };
}

/** What git says; `null` if it says nothing, as outside a repository. */
function git(...args: string[]): string | null {
  try {
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
