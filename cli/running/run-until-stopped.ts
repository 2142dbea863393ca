import { Running } from './running.ts';
import type { StopRequest } from './stop-request.ts';
import type { Terminal } from './terminal.ts';

/** Returned by a {@link BringUp} when the parts have already done their job. */
export const finished = Symbol('finished');

/**
 * Starts parts and adds each to `running` as soon as it runs; gives up between two parts when
 * `signal` is aborted. If it resolves with {@link finished}, the parts are stopped at once.
 */
export type BringUp = (running: Running, signal: AbortSignal) => Promise<unknown>;

/** What {@link runUntilStopped} needs. */
export interface RunOptions {
  terminal: Terminal;
  stop: StopRequest;
}

/**
 * Runs parts until someone asks to stop (a second request ends them at once), or until one of them
 * ends by itself: then the others are stopped too, because half a Gitward looks healthy from
 * outside. Returns the exit code; if a part fails to start, rejects once everything has been
 * stopped.
 */
export async function runUntilStopped(
  { terminal, stop }: RunOptions,
  bringUp: BringUp,
): Promise<number> {
  const running = new Running();
  const giveUp = new AbortController();
  stop.onSecond(() => {
    terminal.progress('Ending at once.');
    running.kill();
    process.exit(130);
  });
  const crashed = new Promise<string>((resolve) => {
    process.once('uncaughtException', (error) => resolve(error.stack ?? error.message));
  });
  const asked = stop.asked.then(() => null);
  const wentWrong = Promise.race([running.failed, crashed]);

  const up = bringUp(running, giveUp.signal);
  let problem: string | null;
  try {
    // `up` matters here only if it fails or is finished.
    problem = await Promise.race([
      asked,
      wentWrong,
      up.then((answer) => (answer === finished ? null : Promise.race([asked, wentWrong]))),
    ]);
    if (problem !== null) terminal.problem(problem);
    terminal.progress(problem === null ? 'Stopping …' : 'Stopping the rest …');
    giveUp.abort();
    // Start-up ends at its next step, and whatever it has started is in `running`.
    await up.catch((error: unknown) => {
      if (error !== giveUp.signal.reason && problem === null) throw error;
    });
  } finally {
    for (const failure of await running.stop()) terminal.problem(failure.message);
    stop.dispose();
  }
  if (problem === null) terminal.progress('Stopped.');
  return problem === null ? 0 : 1;
}
