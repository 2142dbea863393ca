import type { HostStep } from './errors.ts';

/*
 * A host that does not take a credential, or that limits how often it is asked, is asked by one stream for all of them:
 * some hosts ban an address that goes on asking.
 *
 * A credential may be refused for one repository only, as hosts with tokens of single repositories do. So the first
 * refusal stands for the streams of its repository. Only that of a second repository, with nothing taken in between,
 * stands for all. What is refused although the credential is taken elsewhere, stands `alone` from then on.
 */

/** What a host refused to a credential (or to everybody who has none), with the current version of its secret. */
export interface HostRefusal {
  /** The key of the repository; `null`: the host limits how often it is asked for anything. */
  repository: string | null;
  /** Whether the host has since taken the same secret for another repository. */
  alone: boolean;
  step: HostStep;
  /** What the host said, without the names of the repository. */
  words: string;
  refusedAt: Date;
  /** When the host is asked again. */
  askAt: Date;
  /** A stream is asking it again now, unless it was lost; `null` if none is. */
  claimedUntil: Date | null;
}

/** What a stream may do. */
export type Turn =
  /** Ask, as if there were no refusals. */
  | { kind: 'ask' }
  /** Find out first whether the host takes it now. For these refusals, nobody else does so meanwhile. */
  | { kind: 'knock'; step: HostStep; claimed: readonly HostRefusal[] }
  /** Fail, because of this refusal; the host is asked again at that time. */
  | { kind: 'wait'; because: HostRefusal; until: Date };

/**
 * Whose turn it is. The repository that was refused last lets others go first for so many milliseconds (`yields`), so that
 * one that is refused for a reason of its own does not keep all others from their turn.
 */
export function turnOf(
  refusals: readonly HostRefusal[],
  repository: string,
  { now, yields }: { now: Date; yields: number },
): Turn {
  const wide = refusals.filter(isWide);
  const standing = standingFor(refusals, repository);
  const because = latest(standing, ({ askAt }) => askAt);
  if (because === null)
    return wide.length === 0 ? { kind: 'ask' } : { kind: 'knock', step: stepOf(wide), claimed: [] };
  const last = latest(wide, ({ refusedAt }) => refusedAt);
  const waitsForOthers = wide.length > 1 && last?.repository === repository;
  const until = Math.max(
    because.askAt.getTime() + (waitsForOthers ? yields : 0),
    ...standing.map(({ claimedUntil }) => claimedUntil?.getTime() ?? 0),
  );
  if (until > now.getTime()) return { kind: 'wait', because, until: new Date(until) };
  return { kind: 'knock', step: stepOf(standing), claimed: standing };
}

/** Why the host would refuse the repository now, as far as is known; `null` if nothing is. */
export function standingRefusal(
  refusals: readonly HostRefusal[],
  repository: string,
): HostRefusal | null {
  return latest(standingFor(refusals, repository), ({ askAt }) => askAt);
}

/** Whether these stood for streams of other repositories, or for others of this one. */
export function stoodForOthers(refusals: readonly HostRefusal[], repository: string): boolean {
  return (
    refusals.some((one) => one.repository === repository) || refusals.filter(isWide).length > 1
  );
}

function standingFor(refusals: readonly HostRefusal[], repository: string): HostRefusal[] {
  const limits = refusals.filter((one) => one.repository === null);
  const own = refusals.filter((one) => one.repository === repository);
  const wide = refusals.filter(isWide);
  const isForAll = wide.length > 1 && own.every(isWide);
  return [...limits, ...(isForAll ? wide : own)];
}

function isWide({ repository, alone }: HostRefusal): boolean {
  return repository !== null && !alone;
}

/** What has to be asked for: whoever may read may still not push. */
function stepOf(refusals: readonly HostRefusal[]): HostStep {
  return refusals.some(({ step }) => step === 'push') ? 'push' : 'read';
}

function latest(
  refusals: readonly HostRefusal[],
  time: (refusal: HostRefusal) => Date,
): HostRefusal | null {
  return refusals.toSorted((a, b) => time(b).getTime() - time(a).getTime())[0] ?? null;
}

const hour = 3_600_000;

/**
 * How long a host is left alone that limits how often it is asked, in milliseconds: as long as it says, or else twice as long
 * each time, beginning with the interval of attempts; an hour at most.
 */
export function limitWait(times: number, said: number | null, interval: number): number {
  return Math.min(said ?? interval * 2 ** Math.min(times - 1, 20), hour);
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: hour };

/** For how many milliseconds a host wants to be left alone, by its words; `null` if they do not say. */
export function saidWait(words: string): number | null {
  const said =
    /(?:retry[- ]after|(?:retry|try again|wait)(?: in| for| after)?)[:\s]+(\d{1,5})\s*([smh]?)/i.exec(
      words,
    );
  if (said === null) return null;
  return Number(said[1]) * (units[said[2]?.toLowerCase() ?? ''] ?? 1_000);
}

/** A host's words about a repository, for the people of others: without its address and its path. */
export function wordsForOthers(words: string, repositoryUrl: string): string {
  const { host, pathname } = new URL(repositoryUrl);
  const path = pathname.replace(/^\/+|\/+$/g, '');
  return [repositoryUrl, path, path.replace(/\.git$/, '')]
    .filter((name) => name !== '')
    .reduce((text, name) => text.replaceAll(name, '…'), words)
    .replaceAll(`${host}…`, host);
}
