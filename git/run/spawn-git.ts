import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { dirname } from 'node:path';

/** Settings of every git process. */
export interface GitRunnerOptions {
  /** A directory of ours, given to git as HOME; nothing is read from the user's own. */
  home: string;
  /** Where git is looked for: directories with `:` between. */
  searchPath: string;
}

/** What a process is started with. */
export interface SpawnCall {
  args: readonly string[];
  /** The directory to run in. */
  cwd: string;
  /** Configuration for this run alone; passed through the environment, so secrets may stand in it. */
  config?: Readonly<Record<string, string>>;
  /** The protocols that git may speak; none unless told, so nothing is fetched by accident. */
  protocols?: readonly string[];
  /** Writes the protocol's packets (no HTTP headers, so no credential) to standard error. */
  tracePackets?: boolean;
}

/** Configuration of every run: nothing of the repository's or the machine's can run a program or wait for one. */
const baseConfig: Readonly<Record<string, string>> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  // The cache is thrown away when it is broken; it need not survive a power cut.
  'core.fsync': 'none',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'credential.helper': '',
  'protocol.version': '2',
  'submodule.recurse': 'false',
};

/**
 * Starts git as every process of ours is started: it leads its own process group, sees nothing of our
 * environment or of anybody's configuration, and asks no questions. Only this function starts git.
 */
export function spawnGit(
  { home, searchPath }: GitRunnerOptions,
  call: SpawnCall,
): ChildProcessWithoutNullStreams {
  return spawn('git', call.args, {
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
      // A repository around our directories is not ours, and its configuration does not count.
      GIT_CEILING_DIRECTORIES: dirname(call.cwd),
      ...(call.tracePackets === true && { GIT_TRACE_PACKET: '1' }),
      GIT_ALLOW_PROTOCOL: (call.protocols ?? []).join(':'),
      ...configEnvironment({ ...baseConfig, ...call.config }),
    },
  });
}

/** Signals the whole process group; one that is gone already needs nothing. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** `GIT_CONFIG_COUNT` and its pairs: configuration that no list of processes shows. */
function configEnvironment(config: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(config);
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(entries.length) };
  entries.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}
