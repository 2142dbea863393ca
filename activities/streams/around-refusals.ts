import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../../db/connect.ts';
import { forgetRefused, putRefused } from '../../db/streams/refused-files.ts';
import { listOpenOutages } from '../../db/streams/outages.ts';
import { allSaid } from '../../git/run/classify-failure.ts';
import {
  findRefused,
  meantFiles,
  namedFiles,
  type NamedFile,
  type RefusedFile,
  type Refusal,
} from '../../model/streams/refusal.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import type { Delivered } from './contract.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Execution } from './execution.ts';

/** How many refused pushes one delivery may make, and the pause after each, in milliseconds: hosts count them. */
const mostRefused = 400;
const pause = 250;

/** So many files in a row, and nothing that was taken in between: the host refuses everything, whatever it says. */
const mostInARow = 5;

/** What of the waiting batches is sent at once. */
export interface Portion {
  /** Only these batches. */
  batches: readonly string[];
  /** Only these of the files that they write, in a commit that is only a part of theirs. */
  files?: readonly string[];
}

/** Sends a portion of what waits; `null` for all of it. `tried` is told what is about to be pushed. */
export type SendPortion = (
  portion: Portion | null,
  tried: (sent: Pick<Refusal, 'batches' | 'files'>) => void,
) => Promise<Delivered>;

/** What {@link sendAround} needs. */
export interface AroundRefusals {
  stream: StreamId;
  /** The path in the repository of a file that was sent. */
  inRepository: (path: string) => string;
  send: SendPortion;
}

/**
 * Sends what waits. If the host refuses something for its content, the files that it names, or that are found by sending
 * ever less, are held back, and everything else is sent, each batch as its own commit.
 */
export async function sendAround(
  deps: Pick<ActivityDependencies, 'db'>,
  { stream, inRepository, send }: AroundRefusals,
  { signal, step }: Execution,
): Promise<Delivered> {
  const delivered: Delivered = { tip: null, commits: 0 };
  let refusals = 0;
  let inARow: string[] = [];
  /** Not known before something is refused. */
  let maySearch: boolean | null = null;
  for (;;) {
    const refusal = await attempt(null);
    if (refusal === null) return delivered;
    await holdBack(refusal);
  }

  /** Holds back at least one of the files that were refused, or sends all of them after all. */
  async function holdBack(refusal: Refusal): Promise<void> {
    step('Searching for what the host refuses');
    const named = namedBy(refusal);
    if (await hold(meantFiles(named))) return;
    const batch = await searchBatch(refusal, named[0]?.batch);
    if (batch === null) return;
    if (await hold(meantFiles(namedBy(batch)))) return;
    const file = await search(batch, 'files');
    if (file === null) return;
    const { path, blobId } = file.found;
    await hold([{ path, blobId, rule: file.last.words }]);
    inARow.push(path);
    if (inARow.length < mostInARow) return;
    await forgetRefused(deps.db, stream, inARow);
    maySearch = false;
  }

  /** The refusal of a single batch: of the one with the first file that the host named, if it named any. */
  async function searchBatch(refusal: Refusal, first: string | undefined): Promise<Refusal | null> {
    const { batches } = refusal;
    if (batches.length === 1) return refusal;
    if (first === undefined) return (await search(refusal, 'batches'))?.last ?? null;
    const before = batches.slice(0, batches.indexOf(first));
    if (before.length > 0) {
      const refused = await attempt({ batches: before });
      if (refused !== null) return searchBatch(refused, undefined);
    }
    return attempt({ batches: [first] });
  }

  function namedBy(refusal: Refusal): NamedFile[] {
    return namedFiles(refusal, inRepository);
  }

  async function hold(files: readonly RefusedFile[]): Promise<boolean> {
    const contents = files.map(({ path, blobId, rule }) => ({ path, blobId, rule }));
    await putRefused(deps.db, stream, contents);
    return contents.length > 0;
  }

  /** Narrows a refusal down to one batch, or to one file of its batch, and the last refusal of that. */
  async function search<What extends 'batches' | 'files'>(
    refusal: Refusal,
    what: What,
  ): Promise<{ found: Refusal[What][number]; last: Refusal } | null> {
    const { batches } = refusal;
    const items: readonly Refusal[What][number][] = bySize(refusal)[what];
    const searching = findRefused(items, { together: what === 'files' });
    let last = refusal;
    let next = searching.next();
    while (next.done !== true) {
      const some = next.value;
      const portion =
        what === 'batches'
          ? { batches: some as string[] }
          : { batches, files: (some as Refusal['files']).map(({ path }) => path) };
      const refused = await attempt(portion);
      if (refused !== null) last = refused;
      next = searching.next(refused === null);
    }
    return next.value === null ? null : { found: next.value, last };
  }

  /** Whether a host refuses files: it says so, or at least it names one of them, as the hooks of a repository do. */
  function isAboutFiles(error: StreamFailure, sent: Pick<Refusal, 'batches' | 'files'>): boolean {
    if (error.code !== 'push_refused') return error.code === 'content_refused';
    return namedBy({ said: allSaid(error), words: error.words, ...sent }).length > 0;
  }

  /** Sends a portion; returns why the host refused its content, or `null` if it did not. */
  async function attempt(portion: Portion | null): Promise<Refusal | null> {
    let sent: Pick<Refusal, 'batches' | 'files'> = { batches: [], files: [] };
    try {
      const { tip, commits } = await send(portion, (tried) => {
        sent = tried;
      });
      delivered.tip = tip;
      delivered.commits += commits;
      if (sent.files.length > 0) inARow = [];
      return null;
    } catch (error) {
      if (!(error instanceof StreamFailure) || !isAboutFiles(error, sent)) throw error;
      refusals += 1;
      maySearch ??= await isSearched(deps.db, stream);
      if (!maySearch || sent.files.length === 0 || refusals > mostRefused) throw error;
      await sleep(pause, undefined, { signal });
      return { said: allSaid(error), words: error.words, ...sent };
    }
  }
}

/**
 * Whether what is refused is searched for. After a search that found nothing (the host refuses everything) or did not come
 * to its end, only one of twelve attempts searches again, which is once in an hour.
 */
async function isSearched(db: Db, stream: StreamId): Promise<boolean> {
  const outages = await listOpenOutages(db, stream);
  const refused = outages.find(({ code }) => code === 'content_refused');
  return refused === undefined || refused.attempts % 12 === 0;
}

/** The largest files first: they are refused most often. */
function bySize({ batches, files }: Refusal): Pick<Refusal, 'batches' | 'files'> {
  return { batches, files: files.toSorted((a, b) => b.size - a.size) };
}
