import { watchParent } from './parent.ts';

/** A person, or the system, wants us to stop. */
export interface StopRequest {
  /** Resolves at the first signal, or when our parent has ended, if npm started us. */
  readonly asked: Promise<void>;
  /** Calls `force` when somebody asks again. */
  onSecond(force: () => void): void;
  /** Gives the handling of signals back to Node. */
  dispose(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * npm forwards a Ctrl-C that the terminal has already sent us, so signals within this time
 * (milliseconds) are one request.
 */
const sameMoment = 1_000;

/**
 * Listens for SIGINT, SIGTERM and SIGHUP from now on. If npm started us, also watches for the end
 * of that process: a signal that only npm gets does not reach us through every shell, and SIGKILL
 * never does.
 */
export function listenForStop({ startedByNpm }: { startedByNpm: boolean }): StopRequest {
  let firstAt: number | null = null;
  let force: () => void = () => undefined;
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  function onSignal(): void {
    if (firstAt === null) {
      firstAt = Date.now();
      answer();
    } else if (Date.now() - firstAt > sameMoment) {
      force();
    }
  }
  for (const signal of signals) process.on(signal, onSignal);
  const parent = startedByNpm ? watchParent() : null;
  void parent?.gone.then(answer);
  return {
    asked,
    onSecond: (action) => void (force = action),
    dispose() {
      for (const signal of signals) process.off(signal, onSignal);
      parent?.dispose();
    },
  };
}
