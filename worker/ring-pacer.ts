import { mirrorStream, type MirrorKey } from '../model/ids.ts';

const shortest = 60_000;
const longest = 15 * 60_000;

/**
 * Says which forgotten mirrors are to be rung now. One that stays forgotten is rung after 1, 2, 4, …
 * and at last every 15 minutes: a long outage must not fill its workflow's history with signals.
 */
export class RingPacer {
  readonly #rung = new Map<string, { at: number; wait: number }>();

  /** Those of `forgotten` that are due at `now` (epoch milliseconds). Whoever is not among them starts anew. */
  due(forgotten: readonly MirrorKey[], now: number): MirrorKey[] {
    const streams = new Set(forgotten.map(mirrorStream));
    for (const stream of this.#rung.keys()) if (!streams.has(stream)) this.#rung.delete(stream);
    return forgotten.filter((mirror) => {
      const last = this.#rung.get(mirrorStream(mirror));
      return last === undefined || now >= last.at + last.wait;
    });
  }

  /** Notes that the mirror's doorbell was taken. */
  rang(mirror: MirrorKey, now: number): void {
    const stream = mirrorStream(mirror);
    const last = this.#rung.get(stream);
    const wait = last === undefined ? shortest : Math.min(last.wait * 2, longest);
    this.#rung.set(stream, { at: now, wait });
  }
}
