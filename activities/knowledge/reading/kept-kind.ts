import type { KnownFile, WrittenEntry } from '../../../db/knowledge/entry-writes.ts';
import { isInPlace, placeOf } from '../../../knowledge/kinds/kind-place.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';

/** What {@link keptKind} needs besides the entry and its file. */
export interface KeptKindRules {
  root: string;
  kinds: readonly Kind[];
  /** Whether an admin accepted the kinds: what has not moved may then change its kind. */
  isAccepted: boolean;
}

/**
 * The kind of an entry, given its file's folder. An entry with personal data keeps its kind if its file was moved to
 * another kind's folder: who may read about people, and their history, must not depend on a push.
 */
export function keptKind(
  known: Pick<KnownFile, 'kind' | 'path'> | undefined,
  file: { path: string; kind: Kind },
  { root, kinds, isAccepted }: KeptKindRules,
): Kind {
  const was = kinds.find(({ name }) => name === known?.kind);
  if (was?.personal !== true || isAtHome(was, root, file.path)) return file.kind;
  return isAccepted && known?.path === file.path ? file.kind : was;
}

/** The entry with a problem if its file is not in the folder of its kind, which it kept. */
export function withKeptKind(entry: WrittenEntry, kind: Kind, root: string): WrittenEntry {
  if (!kind.personal || isAtHome(kind, root, entry.path)) return entry;
  const message =
    `The file is not in "${placeOf(kind)}", but the entry stays of the kind "${kind.name}", ` +
    'which has personal data: move it back, or give it another id.';
  const problem = { code: 'kind_kept' as const, line: 1, pointer: '/id', message };
  return { ...entry, problems: [...entry.problems, problem] };
}

function isAtHome(kind: Kind, root: string, path: string): boolean {
  return isInPlace(kind, root === '' ? path : path.slice(root.length + 1));
}
