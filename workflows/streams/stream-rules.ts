import type { StreamView } from '../../activities/streams/contract.ts';
import type { LaneName, OutageView } from '../../model/streams/outage.ts';
import type { StreamFacts } from '../../model/streams/state.ts';
import type { LaneState } from './lane-state.ts';
import type { ShownFacts } from './shown-facts.ts';

/** The next thing that a stream waits for by the clock. */
export interface Deadline {
  /** Epoch milliseconds. */
  at: number;
  /** What it waits for, in words. */
  summary: string;
}

/**
 * What a stream decides, as plain state and methods: it waits for nothing and has no clock, so `now` is
 * given, in epoch milliseconds. `runStream` does the waiting.
 */
export abstract class StreamRules<View extends StreamView, Lanes extends LaneName> {
  /** What is known of each lane; it is written by the lane. */
  abstract readonly lanes: Readonly<Record<Lanes, LaneState>>;

  /** What the database knew of the stream when it was read last, and what results changed since. */
  protected view: View | null = null;
  #paused = false;
  #rereadWanted = false;

  /** Whether no attempt may begin. */
  get paused(): boolean {
    return this.#paused;
  }

  /** Whether the stream has ended, or is not there at all. */
  get ended(): boolean {
    return this.view?.ended ?? false;
  }

  /** Whether the stream is to be read again. */
  get rereadWanted(): boolean {
    return this.#rereadWanted;
  }

  /** Somebody changed the stream's row. */
  changed(): void {
    this.#rereadWanted = true;
  }

  /** Somebody asks for attempts now, or what failed may work now. */
  retry(): void {
    for (const lane of Object.values<LaneState>(this.lanes)) lane.retryWanted = true;
  }

  /** The stream is read now: what was signalled up to here is what is about to be read. */
  readingBegins(): void {
    this.#rereadWanted = false;
  }

  /** The first reading of a run. */
  abstract start(view: View, now: number): void;

  /** Another reading, after somebody changed the row. */
  abstract reread(view: View, now: number): void;

  /** What is waited for by the clock; `null` where nothing is. */
  abstract deadline(): Deadline | null;

  /** The deadline is reached. */
  abstract deadlineReached(now: number): void;

  /** How the stream stands, for operators. */
  abstract shown(): ShownFacts;

  /** What was read first counts. A new run tries at once: what failed may have been the reason for it. */
  protected takeFirst(view: View): void {
    this.take(view);
    for (const [name, lane] of Object.entries<LaneState>(this.lanes)) {
      lane.outage = view.outages.find((outage) => outage.lane === name) ?? null;
      lane.retryWanted ||= lane.outage !== null;
    }
  }

  /** What was read counts. */
  protected take(view: View): void {
    this.view = view;
    this.#paused = view.paused;
  }

  /** An attempt found the stream paused or ended before anybody told us: begin no other until we know. */
  protected foundInactive(): false {
    this.#paused = true;
    this.#rereadWanted = true;
    return false;
  }

  /** The facts of a stream's state that are found the same way for every product. */
  protected get standing(): Pick<StreamFacts, 'ended' | 'paused' | 'outage' | 'initialized'> {
    const { ended, paused, outage } = this;
    return {
      ended,
      paused,
      outage: outage && { code: outage.code, escalated: outage.escalatedAt !== null },
      initialized: this.view?.initialized ?? false,
    };
  }

  /** Of the open outages the one that began first. */
  protected get outage(): OutageView | null {
    const outages = Object.values<LaneState>(this.lanes).flatMap(({ outage }) => outage ?? []);
    return outages.sort((a, b) => a.since.localeCompare(b.since))[0] ?? null;
  }
}
