import pTimeout from 'p-timeout';
import type { StopRequest } from '../running/stop-request.ts';
import type { Terminal } from '../running/terminal.ts';
import type { Begin, WorkerMessage, WorkingServers } from './messages.ts';

/** The main process, as its worker sees it. */
export interface MainProcess {
  /** Comes from the main process, or from its end. Ctrl-C is for the main process only. */
  stop: StopRequest;
  /** Sends problems to the main process, for its log; progress is nobody's concern. */
  terminal: Terminal;
  /** Resolves when the worker may begin; rejects with the reason of `signal` when that is aborted. */
  untilBegun(signal: AbortSignal): Promise<WorkingServers>;
  /** Tells that the worker works. */
  tellUp(): void;
  /** Closes the channel: it would keep this process alive. */
  close(): void;
}

/** Listens to the main process, which has started this process with a channel to it. */
export function listenToMain(): MainProcess {
  const begun = new Promise<WorkingServers>((resolve) => {
    process.on('message', (message) => resolve((message as Begin).servers));
  });
  return {
    stop: stopWithMain(),
    terminal: {
      progress: () => undefined,
      problem: (text) => send({ kind: 'problem', text }),
      during: (_doing, work) => work,
      print: () => undefined,
    },
    untilBegun: (signal) => pTimeout(begun, { milliseconds: Number.POSITIVE_INFINITY, signal }),
    tellUp: () => send({ kind: 'up' }),
    close() {
      if (process.connected) process.disconnect();
    },
  };
}

/** There is no second request: if we take too long, the main process or the guard kills us. */
function stopWithMain(): StopRequest {
  const ignore = () => undefined;
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, ignore);
  const asked = new Promise<void>((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('disconnect', resolve);
    // It may have ended while we were loading our code.
    if (!process.connected) resolve();
  });
  return { asked, onSecond: () => undefined, dispose: () => undefined };
}

function send(message: WorkerMessage): void {
  // If nobody hears it any more, nobody needs it.
  if (process.connected) process.send?.(message, () => undefined);
}
