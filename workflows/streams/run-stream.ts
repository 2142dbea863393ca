import { condition, patched } from '@temporalio/workflow';
import type { StreamView } from '../../activities/streams/contract.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { LaneName } from '../../model/streams/outage.ts';
import type { StreamState } from '../../model/streams/state.ts';
import { Lane, type LaneWork } from './lane.ts';
import type { LaneControl } from './lane-state.ts';
import { Notices } from './notices.ts';
import { stopWhenLong, type StoppableRun } from './renewal.ts';
import { ShownState } from './shown-state.ts';
import { readingSummaries } from './story.ts';
import type { StreamRules } from './stream-rules.ts';

/** The parts of a stream's workflow. */
export interface StreamParts<View extends StreamView, Lanes extends LaneName> {
  stream: StreamId;
  /** Milliseconds. */
  timings: { retryInterval: number; escalateAfter: number };
  rules: StreamRules<View, Lanes>;
  /** Reads the stream from the database. */
  read: (summary: string) => Promise<View>;
  lanes: Record<Lanes, LaneWork>;
  /** States that last only a moment and are not worth an event. */
  passing: readonly StreamState[];
}

/**
 * Runs a stream by its rules until it has ended, or until the history has grown so long that the workflow
 * should continue as new; `rules.ended` says which. A stream's workflow does all its waiting here and in
 * its lanes.
 */
export async function runStream<View extends StreamView, Lanes extends LaneName>(
  parts: StreamParts<View, Lanes>,
): Promise<void> {
  const { rules, read } = parts;
  rules.readingBegins();
  const view = await read(readingSummaries.start);
  rules.start(view, Date.now());
  if (rules.ended) return;
  const run = new StreamRun(parts);
  for (const notice of view.unsentNotices) run.notices.send(notice);
  await run.toItsEnd();
}

/** One run after its first reading: several coroutines that stop together. */
class StreamRun<View extends StreamView, Lanes extends LaneName>
  implements LaneControl, StoppableRun
{
  readonly notices = new Notices();
  readonly #parts: StreamParts<View, Lanes>;
  readonly #lanes: Lane[];
  readonly #shown: ShownState;
  #stopping = false;

  constructor(parts: StreamParts<View, Lanes>) {
    const { stream, timings, rules, lanes, passing } = parts;
    this.#parts = parts;
    this.#shown = new ShownState(passing);
    const shared = {
      stream,
      timings,
      control: this,
      notices: this.notices,
      changed: () => this.#show(),
    };
    this.#lanes = (Object.keys(lanes) as Lanes[]).map(
      (name) => new Lane({ ...shared, ...lanes[name], name, state: rules.lanes[name] }),
    );
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  get paused(): boolean {
    return this.#parts.rules.paused;
  }

  get atRest(): boolean {
    return this.#lanes.every((lane) => lane.atRest) && !this.#parts.rules.rereadWanted;
  }

  get telling(): boolean {
    return this.notices.underWay;
  }

  stop(): void {
    this.#stopping = true;
  }

  async toItsEnd(): Promise<void> {
    this.#show();
    await Promise.all([
      ...this.#lanes.map((lane) => lane.run()),
      this.#keepTime(),
      this.#keepUpToDate(),
      stopWhenLong(this),
    ]);
    this.#show();
  }

  /** Waits for one deadline after another. */
  async #keepTime(): Promise<void> {
    const { rules } = this.#parts;
    for (;;) {
      await condition(() => this.#stopping || rules.deadline() !== null);
      if (this.#stopping) return;
      const deadline = rules.deadline();
      if (deadline === null) continue;
      this.#show();
      const moved = () => this.#stopping || rules.deadline()?.at !== deadline.at;
      const remaining = deadline.at - Date.now();
      if (remaining > 0) await condition(moved, remaining, { summary: deadline.summary });
      if (!moved()) rules.deadlineReached(Date.now());
    }
  }

  /** Reads the stream again each time it was changed. */
  async #keepUpToDate(): Promise<void> {
    const { rules, read } = this.#parts;
    for (;;) {
      await condition(() => this.#stopping || rules.rereadWanted);
      if (this.#stopping) return;
      rules.readingBegins();
      const view = await read(readingSummaries.changed);
      rules.reread(view, Date.now());
      if (rules.missesOutage(view) && patched('adopts-outages')) rules.adoptOutages(view);
      if (rules.ended) this.stop();
      this.#show();
    }
  }

  #show(): void {
    this.#shown.show(this.#parts.rules.shown());
  }
}
