import { spawn } from 'node:child_process';

/** Which server a {@link Guard} watches over, and how to stop it. */
export interface GuardOptions {
  pid: number;
  stopSignal: NodeJS.Signals;
  /** How long it may take to stop before it is killed, in milliseconds. */
  stopWithin: number;
}

/** Stops a server when our process has ended, however it ended. */
export interface Guard {
  /** Call it when the server has ended: the guard is no longer needed. */
  dismiss(): void;
}

/**
 * A shell script, because a shell is small and available everywhere. It reads from a pipe that only
 * we hold open and never write to, so the read ends when our process ends, whatever the cause. It
 * ignores signals sent to all processes of a service, because we act on those.
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

/** The name of a guard in the list of processes. */
export const guardName = 'gitward-guard';

/**
 * Starts a guard for a server: a process that outlives us for as long as the server takes to stop.
 * It runs in its own session, so that whatever ends us in a terminal does not end it too.
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
  // The server works without a guard too: if our process is killed, the next start stops what is
  // left.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  return { dismiss: () => void child.kill('SIGKILL') };
}
