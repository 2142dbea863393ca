import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import { listEntriesOfKind } from '../../../db/knowledge/prompts/entries-of-kind.ts';
import { findVersionAt } from '../../../db/knowledge/history/history.ts';
import { listVersionsAt } from '../../../db/knowledge/history/versions-at.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { textOfVersion } from '../history/text-of-version.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/** An entry, as it is or was in what is read. */
export interface EntryAt {
  space: string;
  id: string;
  kind: Kind;
  path: string;
  blob: string;
  /**
   * The last commit that changed it, or the commit that is read if that is another branch's; `null` if this version is not
   * in Git yet.
   */
  commit: string | null;
  /** When this version came to be. */
  at: Date;
  /** `null` if it is not UTF-8, or larger than 1 MiB. */
  text: string | null;
}

/** A space as it is now, or as it was in a commit; only what the caller may read. */
export interface SpaceAt {
  /** Which commit is read; `null` is the space as it is now, including saves that are not in Git yet. */
  commit: string | null;
  /** The name of the other branch that is read, if `commit` is not one of the space's own. */
  branch?: string;
  find(id: string): Promise<EntryAt | null>;
  /** The entries of a kind, in the order of their ids. Throws 422 if there are more than can be read. */
  list(kind: string): Promise<EntryAt[]>;
}

/** What reading at a ref needs. */
export type ReadDeps = Pick<ApiDeps, 'db' | 'sealer' | 'clones'>;

/** So many entries of a kind are read for one answer. */
const mostListed = 500;

/** The space as it is now. */
export function presentSpace({ db }: Pick<ApiDeps, 'db'>, access: SpaceAccess): SpaceAt {
  const space = access.row.id;
  const known = kindsByName(access);
  const entryAt = (entry: Entry): EntryAt | null => {
    const { id, path, headBlob: blob, headText: text, waiting, commitSha, updatedAt: at } = entry;
    const kind = known(entry.kind);
    if (kind === null || blob === null) return null;
    return { space, id, kind, path, blob, text, at, commit: waiting ? null : commitSha };
  };
  return {
    commit: null,
    async find(id) {
      const entry = id.includes('\0') ? null : await findEntry(db, space, id);
      return entry && entryAt(entry);
    },
    async list(kind) {
      if (known(kind) === null) return [];
      const entries = await listEntriesOfKind(db, space, kind, mostListed + 1);
      return notTooMany(
        kind,
        entries.flatMap((entry) => entryAt(entry) ?? []),
      );
    },
  };
}

/** The space as the commit at a position of its branch's line left it. */
export function spaceAtPosition(
  deps: ReadDeps,
  access: SpaceAccess,
  { commit, position }: { commit: string; position: number },
): SpaceAt {
  const { row } = access;
  const known = kindsByName(access);

  async function read(
    id: string,
    version: { kind: string; path: string; blob: string; sha: string; at: Date },
  ): Promise<EntryAt | null> {
    const kind = known(version.kind);
    if (kind === null) return null;
    const { path, blob, sha, at } = version;
    const entry = await findEntry(deps.db, row.id, id);
    const text =
      entry?.headBlob === blob ? entry.headText : await textOfVersion(deps, row, blob, sha);
    return { space: row.id, id, kind, path, blob, text, at, commit: sha };
  }

  return {
    commit,
    async find(id) {
      if (id.includes('\0')) return null;
      const sha = await findVersionAt(deps.db, row.id, id, { position });
      return sha?.blob == null ? null : read(id, { ...sha, blob: sha.blob });
    },
    async list(kind) {
      if (known(kind) === null) return [];
      const asked = { kind, position, limit: mostListed + 1 };
      const versions = notTooMany(kind, await listVersionsAt(deps.db, row.id, asked));
      const entries: EntryAt[] = [];
      for (const { id, ...version } of versions) {
        const entry = await read(id, { ...version, kind });
        if (entry !== null) entries.push(entry);
      }
      return entries;
    },
  };
}

/** The kinds that the caller may read, by name; `null` for others. */
export function kindsByName(access: SpaceAccess): (name: string) => Kind | null {
  const kinds = new Map(kindsOf(access.row.kinds).map((kind) => [kind.name, kind]));
  return (name) => (access.may('reader', name) ? (kinds.get(name) ?? null) : null);
}

/** The list, if it is not longer than what one answer may read. */
export function notTooMany<T>(kind: string, list: T[]): T[] {
  if (list.length <= mostListed) return list;
  throw new ApiProblem(
    422,
    'text_too_large',
    `The space has more than ${mostListed} entries of the kind ${kind}, which are too many to read at once: name those that are wanted, in a prompt with its field "blocks".`,
  );
}
