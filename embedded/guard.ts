import { spawn } from 'node:child_process';

/** Which server a {@link Guard} looks after, and how that is stopped. */
export interface GuardOptions {
  pid: number;
  stopSignal: NodeJS.Signals;
  /** How long it may take to stop before it is killed, in milliseconds. */
  stopWithin: number;
}

/** Stops a server when this process has ended, however it ended. */
export interface Guard {
  /** The server has ended: there is nothing to look after any more. */
  dismiss(): void;
}

/**
 * A shell, since that is small and everywhere. It reads from a pipe that we alone hold open and never
 * write to: what ends the reading is our own end, which the system tells whatever we died of. A signal to
 * all of a service's processes is for us to act on.
 */
const script = `
trap '' HUP INT TERM
read -r nothing
kill -s "$2" "$1" 2>/dev/null || exit 0
waited=0
while [ "$waited" -lt "$3" ]; do
  sleep 1
  kill -0 "$1" 2>/dev/null || exit 0
  waited=$((waited + 1))
done
kill -s KILL "$1" 2>/dev/null
`;

/** What a guard is called in the list of processes. */
export const guardName = 'gitward-guard';

/**
 * Posts a guard for a server: a process that outlives us by the time that the server takes to stop.
 * In a session of its own, so that what ends us at a terminal does not end it as well.
 */
export function postGuard({ pid, stopSignal, stopWithin }: GuardOptions): Guard {
  const seconds = Math.ceil(stopWithin / 1_000);
  const child = spawn(
    '/bin/sh',
    ['-c', script, guardName, String(pid), stopSignal.replace(/^SIG/, ''), String(seconds)],
    {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  // Without a guard the server runs all the same; what a killed run leaves, the next start ends.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  return { dismiss: () => void child.kill('SIGKILL') };
}
