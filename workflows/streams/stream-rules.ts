import type { StreamView } from '../../activities/streams/contract.ts';
import type { LaneName, OutageView } from '../../model/streams/outage.ts';
import type { StreamFacts } from '../../model/streams/state.ts';
import type { LaneState } from './lane-state.ts';
import type { ShownFacts } from './shown-facts.ts';

/** The next time at which a stream has something to do. */
export interface Deadline {
  /** Epoch milliseconds. */
  at: number;
  /** What it waits for, in words. */
  summary: string;
}

/**
 * What a stream decides, as plain state and methods. It does not wait and has no clock: `now` is passed in, in
 * epoch milliseconds. `runStream` does the waiting.
 */
export abstract class StreamRules<View extends StreamView, Lanes extends LaneName> {
  /** What is known about each lane; the lane writes it. */
  abstract readonly lanes: Readonly<Record<Lanes, LaneState>>;

  /** The stream as last read from the database, with the changes from results since then. */
  protected view: View | null = null;
  #paused = false;
  #rereadWanted = false;

  /** Whether no attempt may begin. */
  get paused(): boolean {
    return this.#paused;
  }

  /** Whether the stream has ended, or does not exist. */
  get ended(): boolean {
    return this.view?.ended ?? false;
  }

  /** Whether the stream should be read again. */
  get rereadWanted(): boolean {
    return this.#rereadWanted;
  }

  /** Somebody changed the stream's row. */
  changed(): void {
    this.#rereadWanted = true;
  }

  /** Somebody wants attempts now, or what failed may work now. */
  retry(): void {
    for (const lane of Object.values<LaneState>(this.lanes)) lane.retryWanted = true;
  }

  /** The stream is about to be read, including everything that was signalled up to now. */
  readingBegins(): void {
    this.#rereadWanted = false;
  }

  /** The first reading of a run. */
  abstract start(view: View, now: number): void;

  /** Another reading, after somebody changed the row. */
  abstract reread(view: View, now: number): void;

  /** Whether the database has an open outage of which this workflow knows nothing: it was restored to how it was before it ended. */
  missesOutage(view: View): boolean {
    return view.outages.some(({ lane }) => this.#missing(lane) !== undefined);
  }

  /** Takes over the open outages that it misses, and tries at once. */
  adoptOutages(view: View): void {
    for (const outage of view.outages) {
      const lane = this.#missing(outage.lane);
      if (lane !== undefined) lane.outage = outage;
    }
    this.retry();
  }

  /** The next deadline; `null` if there is none. */
  abstract deadline(): Deadline | null;

  /** The deadline has been reached. */
  abstract deadlineReached(now: number): void;

  /** The stream's status, for operators. */
  abstract shown(): ShownFacts;

  /**
   * Takes over the first reading. A workflow that was started again tries at once, since the failure may have been the reason for
   * that; one that continues as new goes on waiting, unless the run before was asked to try. `carried` is `undefined` if there
   * was none, or one of before it was carried.
   */
  protected takeFirst(view: View, carried: boolean | undefined): void {
    this.take(view);
    for (const [name, lane] of Object.entries<LaneState>(this.lanes)) {
      lane.outage = view.outages.find((outage) => outage.lane === name) ?? null;
      lane.retryWanted ||= lane.outage !== null && (carried ?? true);
    }
  }

  /** Whether an attempt of a lane in an outage was asked for and has not begun. */
  protected get retryWanted(): boolean {
    const lanes = Object.values<LaneState>(this.lanes);
    return lanes.some(({ outage, retryWanted }) => outage !== null && retryWanted);
  }

  /** Takes over a reading. */
  protected take(view: View): void {
    this.view = view;
    this.#paused = view.paused;
  }

  /** An attempt found the stream paused or ended before the signal came: begin no other until we have read it again. */
  protected foundInactive(): false {
    this.#paused = true;
    this.#rereadWanted = true;
    return false;
  }

  /** The facts of a stream's state that every product determines in the same way. */
  protected get standing(): Pick<StreamFacts, 'ended' | 'paused' | 'outage' | 'initialized'> {
    const { ended, paused, outage } = this;
    return {
      ended,
      paused,
      outage: outage && { code: outage.code, escalated: outage.escalatedAt !== null },
      initialized: this.view?.initialized ?? false,
    };
  }

  /** A lane that knows of no outage. */
  #missing(name: LaneName): LaneState | undefined {
    const lane = (this.lanes as Partial<Record<LaneName, LaneState>>)[name];
    return lane?.outage === null ? lane : undefined;
  }

  /** The oldest open outage. */
  protected get outage(): OutageView | null {
    const outages = Object.values<LaneState>(this.lanes).flatMap(({ outage }) => outage ?? []);
    return outages.sort((a, b) => a.since.localeCompare(b.since))[0] ?? null;
  }
}
