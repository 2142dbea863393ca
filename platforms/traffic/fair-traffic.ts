import { TooBusy, type SourceTraffic, type Turn } from './source-traffic.ts';

/** How many requests are under way at once: to one host, and of one project among them. */
const mostOfHost = 32;
const mostOfProject = 8;

/** If a quarter of the projects that ask a host, and at least two, are refused within this time, the limit is the host's own. */
const sameLimit = { within: 10_000, share: 4, atLeast: 2 };
/**
 * The time between two requests to a host that limits how many there are: the least, the most, how it shrinks with each answer,
 * and in which time it halves in any case.
 */
const pace = { first: 20, most: 2_000, grows: 2, shrinks: 0.97, ends: 4, halves: 60_000 };
/** The pace grows at most this often: the requests that were under way are refused as well. */
const growsEvery = 1_000;
/** A host that asks for more patience is asked again by then, all the same. */
const longestPause = 3_600_000;

/**
 * Lets requests through so that projects of the same host get equal shares, and nobody asks a host that said when to come
 * back. What is refused to one project pauses that project; what is refused to many pauses the host, whose requests are
 * then spread over time: as many as it takes, found out by its answers. One instance a process; several processes find out each
 * for themselves.
 */
export class FairTraffic {
  readonly #hosts = new Map<string, Host>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The traffic of a project to the host of a URL. */
  of(url: URL, projectId: string): SourceTraffic {
    return {
      enter: (options) => {
        const name = url.host;
        let host = this.#hosts.get(name);
        if (host === undefined) {
          host = new Host(name, this.#now);
          this.#hosts.set(name, host);
        }
        return host.enter(projectId, options);
      },
    };
  }
}

interface Waiter {
  begin: () => void;
}

class Host {
  readonly #name: string;
  readonly #now: () => number;
  /** By project, in the order of their next turns. */
  readonly #waiting = new Map<string, Waiter[]>();
  readonly #underWay = new Map<string, number>();
  readonly #pausedProjects = new Map<string, number>();
  /** When projects were refused, by project. */
  readonly #refusals = new Map<string, number>();
  #pausedUntil = 0;
  #gap = 0;
  #grewAt = -Infinity;
  #gapAsOf = -Infinity;
  #lastBegan = -Infinity;
  #timer: NodeJS.Timeout | null = null;

  constructor(name: string, now: () => number) {
    this.#name = name;
    this.#now = now;
  }

  enter(
    project: string,
    { patience, signal }: { patience: number; signal: AbortSignal },
  ): Promise<Turn> {
    signal.throwIfAborted();
    const paused = this.#pauseOf(project) - this.#now();
    if (paused > patience)
      return Promise.reject(
        new TooBusy(`${this.#name} asked to be left alone for ${seconds(paused)}.`, paused),
      );
    return new Promise((resolve, reject) => {
      const end = (act: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        act();
      };
      const waiter: Waiter = { begin: () => end(() => resolve(this.#turnOf(project))) };
      const abort = () => {
        this.#forget(project, waiter);
        end(() => reject(signal.reason as Error));
      };
      const timer = setTimeout(() => {
        this.#forget(project, waiter);
        const why = `${this.#name} takes fewer requests than there are: none of this project could be sent for ${seconds(patience)}.`;
        end(() => reject(new TooBusy(why, 1_000)));
      }, patience);
      signal.addEventListener('abort', abort, { once: true });
      const others = this.#waiting.get(project);
      if (others === undefined) this.#waiting.set(project, [waiter]);
      else others.push(waiter);
      this.#letThrough();
    });
  }

  #turnOf(project: string): Turn {
    let left = false;
    return {
      answered: () => {
        this.#setGap(this.#gapAt(this.#now()) * pace.shrinks);
      },
      limited: (wait) => this.#refused(project, Math.min(wait, longestPause)),
      leave: () => {
        if (left) return;
        left = true;
        const count = (this.#underWay.get(project) ?? 1) - 1;
        if (count === 0) this.#underWay.delete(project);
        else this.#underWay.set(project, count);
        this.#letThrough();
      },
    };
  }

  #refused(project: string, wait: number): void {
    const now = this.#now();
    this.#pausedProjects.set(project, Math.max(this.#pausedProjects.get(project) ?? 0, now + wait));
    if (!this.#isOwnLimit(project, now)) return;
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(wait, sameLimit.within));
    if (now - this.#grewAt < growsEvery) return;
    this.#grewAt = now;
    this.#setGap(Math.min(Math.max(this.#gapAt(now) * pace.grows, pace.first), pace.most));
  }

  /** Whether the host refuses so many projects that it is not about them, now that it has refused this one. */
  #isOwnLimit(project: string, now: number): boolean {
    for (const [other, at] of this.#refusals)
      if (now - at > sameLimit.within) this.#refusals.delete(other);
    this.#refusals.set(project, now);
    const asking = new Set([
      ...this.#refusals.keys(),
      ...this.#waiting.keys(),
      ...this.#underWay.keys(),
    ]);
    const { size } = this.#refusals;
    return size >= sameLimit.atLeast && size * sameLimit.share >= asking.size;
  }

  #setGap(gap: number): void {
    this.#gap = gap;
    this.#gapAsOf = this.#now();
  }

  #gapAt(now: number): number {
    if (this.#gap === 0) return 0;
    const gap = this.#gap * 2 ** -((now - this.#gapAsOf) / pace.halves);
    return gap < pace.ends ? 0 : gap;
  }

  /** Begins the requests whose turn it is. */
  #letThrough(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#waiting.size > 0 && sum(this.#underWay.values()) < mostOfHost) {
      const now = this.#now();
      const from = Math.max(this.#pausedUntil, this.#lastBegan + this.#gapAt(now));
      if (from > now) {
        this.#lookAgain(from - now);
        return;
      }
      const project = this.#next(now);
      if (project === null) return;
      const [waiter, ...others] = this.#waiting.get(project) ?? [];
      // To the end of the line.
      this.#waiting.delete(project);
      if (others.length > 0) this.#waiting.set(project, others);
      this.#underWay.set(project, (this.#underWay.get(project) ?? 0) + 1);
      this.#lastBegan = now;
      waiter?.begin();
    }
  }

  /** The project whose turn it is; `null` if all that wait have to. */
  #next(now: number): string | null {
    let soonest = Infinity;
    for (const project of this.#waiting.keys()) {
      if ((this.#underWay.get(project) ?? 0) >= mostOfProject) continue;
      const until = this.#pausedProjects.get(project) ?? 0;
      if (until <= now) return project;
      soonest = Math.min(soonest, until);
    }
    if (soonest < Infinity) this.#lookAgain(soonest - now);
    return null;
  }

  #lookAgain(wait: number): void {
    // Whoever waits has a timer of its own, which keeps the process alive.
    this.#timer = setTimeout(() => this.#letThrough(), Math.max(1, wait)).unref();
  }

  #forget(project: string, waiter: Waiter): void {
    const others = (this.#waiting.get(project) ?? []).filter((other) => other !== waiter);
    if (others.length === 0) this.#waiting.delete(project);
    else this.#waiting.set(project, others);
  }

  #pauseOf(project: string): number {
    const now = this.#now();
    for (const [other, until] of this.#pausedProjects)
      if (until <= now) this.#pausedProjects.delete(other);
    return Math.max(this.#pausedUntil, this.#pausedProjects.get(project) ?? 0);
  }
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function seconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1_000)} s`;
}
