import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultGitMemory } from '../../model/streams/clone-limits.ts';

/** Options of every git process. */
export interface GitRunnerOptions {
  /** A directory of ours that git gets as HOME, so that nothing is read from the user's own. */
  home: string;
  /** Where to look for git: directories separated by `:`. */
  searchPath: string;
  /** How much memory a process of git may take, in MiB; defaults to {@link defaultGitMemory}. */
  memory?: number;
}

/** What a process is started with. */
export interface SpawnCall {
  args: readonly string[];
  /** The directory to run in. */
  cwd: string;
  /**
   * Configuration for this run only. It is passed through the environment, so it may contain
   * secrets.
   */
  config?: Readonly<Record<string, string>>;
  /** The protocols that git may use; defaults to none, so that nothing is fetched by accident. */
  protocols?: readonly string[];
  /**
   * Writes the protocol's packets (without HTTP headers, so without credentials) to standard error.
   */
  tracePackets?: boolean;
  /** Who makes a commit, and when. */
  identity?: Readonly<Record<IdentityName, string>>;
}

type IdentityName = `GIT_${'AUTHOR' | 'COMMITTER'}_${'NAME' | 'EMAIL' | 'DATE'}`;

/**
 * The configuration of every run: nothing in the repository or on the machine can make git run a
 * program or wait for one.
 */
const baseConfig: Readonly<Record<string, string>> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  // Larger files are streamed, and not held in memory to find out how they differ from others.
  'core.bigFileThreshold': '16m',
  'pack.windowMemory': '64m',
  // A broken cache is deleted, so it need not survive a power cut.
  'core.fsync': 'none',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'credential.helper': '',
  'protocol.version': '2',
  'submodule.recurse': 'false',
};

/**
 * Starts git. It leads its own process group, sees nothing of our environment or of any other
 * configuration, and asks no questions. Only this function starts git.
 */
export function spawnGit(
  { home, searchPath, memory = defaultGitMemory }: GitRunnerOptions,
  call: SpawnCall,
): ChildProcessWithoutNullStreams {
  const [program, args] = limited(findGit(searchPath), memory, call.args);
  return spawn(program, args, {
    cwd: call.cwd,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: searchPath,
      HOME: home,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_LITERAL_PATHSPECS: '1',
      GIT_DEFAULT_REF_FORMAT: 'files',
      // A repository that contains our directories is not ours, so its configuration must not
      // apply.
      GIT_CEILING_DIRECTORIES: dirname(call.cwd),
      ...(call.tracePackets === true && { GIT_TRACE_PACKET: '1' }),
      ...call.identity,
      GIT_ALLOW_PROTOCOL: (call.protocols ?? []).join(':'),
      ...configEnvironment({ ...baseConfig, ...call.config }),
    },
  });
}

/** A limit can only be set by a process for itself; the shell then becomes git. Where there is no such limit, it has none. */
function limited(
  git: string | null,
  memory: number,
  args: readonly string[],
): [program: string, args: readonly string[]] {
  // The error of one that does not exist comes from the system, as for any program.
  if (git === null) return ['git', args];
  const script = 'ulimit -d "$0" 2>/dev/null; exec "$@"';
  return ['/bin/sh', ['-c', script, String(memory * 1024), git, ...args]];
}

function findGit(searchPath: string): string | null {
  for (const directory of searchPath.split(':')) {
    const file = join(directory, 'git');
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return null;
}

/** Signals the whole process group; does nothing if it has already ended. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** `GIT_CONFIG_COUNT` and its pairs: a list of processes does not show this configuration. */
function configEnvironment(config: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(config);
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(entries.length) };
  entries.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}
