import type { Db } from '../../../db/connect.ts';
import { findPushed } from '../../../db/streams/pushed-commits.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';

/** The space's own commits among those that are read: those recorded before a push, whatever their messages say. */
export interface OwnCommits {
  /** The newest of them; `null` if there is none. */
  newest: string | null;
  shas: ReadonlySet<string>;
  /** The commit of each batch in them. */
  commitOf: ReadonlyMap<string, string>;
}

const SHAS_AT_ONCE = 10_000;

/** Which commits of a line are the space's own. `shas` are newest first. */
export async function findOwnCommits(
  db: Db,
  spaceId: string,
  shas: readonly string[],
): Promise<OwnCommits> {
  const pushed = new Map<string, string[]>();
  for (let start = 0; start < shas.length; start += SHAS_AT_ONCE) {
    const some = shas.slice(start, start + SHAS_AT_ONCE);
    for (const [sha, batches] of await findPushed(db, spaceStream(spaceId), some))
      pushed.set(sha, batches);
  }
  const own = shas.filter((sha) => pushed.has(sha));
  return {
    newest: own[0] ?? null,
    shas: new Set(own),
    commitOf: new Map(
      own.flatMap((sha) => (pushed.get(sha) ?? []).map((batch) => [batch, sha] as const)),
    ),
  };
}
