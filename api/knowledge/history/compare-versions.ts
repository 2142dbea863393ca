import { isDeepStrictEqual } from 'node:util';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import type { EntryFields } from '../../../model/knowledge/entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { versionOf, type EntryHistory } from './open-history.ts';
import { ApiProblem } from '../../http/problem.ts';
import { textOfVersion } from './text-of-version.ts';
import { momentIn } from './short-names.ts';

/** One side of a comparison. */
interface Side {
  /** `null`: saved, but not in Git yet. */
  commit: string | null;
  at: string;
  path: string;
  blob: string;
  kind: string;
  text: string | null;
}

/**
 * What changed in an entry between two moments (see {@link momentIn}); without `to`, up to its
 * current state, waiting saves included.
 */
export async function compareVersions(
  deps: Pick<ApiDeps, 'db' | 'sealer' | 'clones' | 'texts'>,
  history: EntryHistory,
  { from, to }: { from: string; to?: string },
) {
  const [one, other] = await Promise.all([
    sideAt(deps, history, from, '/from'),
    to === undefined ? headOf(history) : sideAt(deps, history, to, '/to'),
  ]);
  const { row } = history.access;
  const kinds = kindsOf(row.kinds);
  const read = (side: Side | null): { fields: EntryFields; body: string } => {
    if (side === null) return { fields: {}, body: '' };
    if (side.text === null) throw unreadable(history.id, side);
    const kind = kinds.find(({ name }) => name === side.kind);
    // Its schema may have been removed from the repository since.
    return kind === undefined ? { fields: {}, body: side.text } : readEntry(side.text, kind);
  };
  const before = read(one);
  const after = read(other);
  return {
    from: one === null ? null : sideView(one),
    to: other === null ? null : sideView(other),
    fields: changedFields(before.fields, after.fields),
    body: await deps.texts.diff(before.body, after.body),
  };
}

async function sideAt(
  deps: Pick<ApiDeps, 'db' | 'sealer' | 'clones'>,
  history: EntryHistory,
  wanted: string,
  pointer: string,
): Promise<Side | null> {
  const moment = await momentIn(deps, history.access, wanted, pointer);
  const version = await versionOf(deps, history, moment);
  if (version === null) return null;
  const { sha, at, path, blob, kind } = version;
  const { row } = history.access;
  const known = history.entry?.headBlob === blob ? history.entry.headText : null;
  const text = known ?? (await textOfVersion(deps, row, blob, sha));
  return { commit: sha, at: at.toISOString(), path, blob, kind, text };
}

/** The entry as it is now; `null` if it was removed. */
function headOf({ entry, newest }: EntryHistory): Side | null {
  const blob = entry?.headBlob ?? null;
  if (entry === null || blob === null) return null;
  const { waiting, commitSha: sha, updatedAt: at, path } = entry;
  return {
    commit: waiting ? null : sha,
    at: (waiting ? at : (newest?.authoredAt ?? at)).toISOString(),
    path,
    blob,
    kind: entry.kind,
    text: entry.headText,
  };
}

function sideView({ commit, at, path, blob }: Side) {
  return { commit, at, path, blob };
}

function changedFields(from: EntryFields, to: EntryFields) {
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...names]
    .filter((name) => !isDeepStrictEqual(own(from, name), own(to, name)))
    .map((field) => ({
      field,
      ...asked('from', own(from, field)),
      ...asked('to', own(to, field)),
    }));
}

/** The value of a field; a field may be called `constructor`. */
function own(fields: EntryFields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function asked(side: 'from' | 'to', value: unknown): { from?: unknown; to?: unknown } {
  return value === undefined ? {} : { [side]: value };
}

function unreadable(id: string, { path, commit }: Side): ApiProblem {
  return new ApiProblem(
    422,
    'entry_unreadable',
    `${id} cannot be compared: ${path} ${commit === null ? 'as it is now' : `in ${commit}`} is larger than 1 MiB or not UTF-8. Compare it with git.`,
  );
}
