import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** What the processes of one kind have used and hold. */
export interface Used {
  /** Seconds of CPU since they began, with those of their children that have ended. */
  cpu: number;
  /** Memory in bytes; of what processes share, each has its part (proportional set size). */
  memory: number;
}

interface Process extends Used {
  pid: number;
  parent: number;
  command: string;
}

const ticks = Number(execFileSync('getconf', ['CLK_TCK']));

/** Why it cannot be told here what processes use; `null` if it can. */
export function withoutProc(): string | null {
  return existsSync('/proc/self/smaps_rollup')
    ? null
    : 'It reads what processes use from /proc, which this system does not have.';
}

/** What a process and its descendants use, by what `kindOf` makes of their command lines (Linux only, as root). */
export async function usedBelow<Kind extends string>(
  root: number,
  kindOf: (command: string) => Kind,
): Promise<Map<Kind, Used>> {
  const all = await listProcesses();
  const below = new Set([root]);
  // A child has a larger id than its parent, but for the rare time when ids begin anew.
  for (const { pid, parent } of all.toSorted((a, b) => a.pid - b.pid))
    if (below.has(parent)) below.add(pid);
  const used = new Map<Kind, Used>();
  for (const { pid, command, cpu, memory } of all) {
    if (!below.has(pid)) continue;
    const kind = kindOf(command);
    const sofar = used.get(kind) ?? { cpu: 0, memory: 0 };
    used.set(kind, { cpu: sofar.cpu + cpu, memory: sofar.memory + memory });
  }
  return used;
}

async function listProcesses(): Promise<Process[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = await Promise.all(ids.map((id) => readProcess(Number(id))));
  return read.filter((one) => one !== null);
}

/** `null` if it has ended. See proc(5). */
async function readProcess(pid: number): Promise<Process | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const memory = /^Pss:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'));
    // The name in brackets may have spaces.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15);
    return {
      pid,
      parent: fields[1] ?? 0,
      command: command.replaceAll('\0', ' '),
      cpu: (utime + stime + cutime + cstime) / ticks,
      memory: Number(memory?.[1] ?? 0) * 1024,
    };
  } catch {
    return null;
  }
}
