import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { processIdentity } from '../../../embedded/process-identity.ts';

const run = promisify(execFile);

/** A process as it was found. */
export interface SeenProcess {
  pid: number;
  parent: number;
  identity: string;
  /** Its command line. */
  args: string;
}

/** A process and all its descendants. */
export async function processTree(pid: number): Promise<SeenProcess[]> {
  const all = await listProcesses();
  const below = (parent: number): Listed[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  const tree = [...all.filter((one) => one.pid === pid), ...below(pid)];
  const seen = await Promise.all(
    tree.map(async (one) => ({ ...one, identity: await processIdentity(one.pid) })),
  );
  return seen.filter((one): one is SeenProcess => one.identity !== null);
}

/** Those of these processes that are still running. */
export async function survivorsOf(tree: readonly SeenProcess[]): Promise<SeenProcess[]> {
  const now = await Promise.all(tree.map(({ pid }) => processIdentity(pid)));
  return tree.filter(({ identity }, index) => now[index] === identity);
}

/** The command lines of all living processes that contain this text. */
export async function processesNaming(text: string): Promise<string[]> {
  const all = (await listProcesses()).filter(({ args }) => args.includes(text));
  const alive = await Promise.all(all.map(({ pid }) => processIdentity(pid)));
  return all.filter((_one, index) => alive[index] !== null).map(({ args }) => args);
}

type Listed = Omit<SeenProcess, 'identity'>;

async function listProcesses(): Promise<Listed[]> {
  const { stdout } = await run('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args = ''] = /^ *(\d+) +(\d+) ?(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
  });
}
