/** A person, or the system, wants us to stop. */
export interface StopRequest {
  /** Resolves at the first signal, with its name. */
  readonly asked: Promise<NodeJS.Signals>;
  /** Calls `force` when somebody asks again. */
  onSecond(force: () => void): void;
  /** Leaves signals to Node again. */
  dispose(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes on a Ctrl-C that the terminal gave us already: what comes at the same moment is one request. */
const sameMoment = 1_000;

/** Listens for SIGINT, SIGTERM and SIGHUP from now on. */
export function listenForStop(): StopRequest {
  let firstAt: number | null = null;
  let force: () => void = () => undefined;
  let answer: (signal: NodeJS.Signals) => void = () => undefined;
  const asked = new Promise<NodeJS.Signals>((resolve) => (answer = resolve));
  function onSignal(signal: NodeJS.Signals): void {
    if (firstAt === null) {
      firstAt = Date.now();
      answer(signal);
    } else if (Date.now() - firstAt > sameMoment) {
      force();
    }
  }
  for (const signal of signals) process.on(signal, onSignal);
  return {
    asked,
    onSecond: (action) => void (force = action),
    dispose() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
