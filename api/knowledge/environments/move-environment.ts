import type { FastifyRequest } from 'fastify';
import { pointedTo, pointerOf, type Pointer } from '../../../knowledge/environments/change-environment.ts'; // prettier-ignore
import { environmentKind } from '../../../knowledge/environments/read-environment.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { withUpdated } from '../../../knowledge/entries/dated-entry.ts';
import type { EntryFields, JsonValue } from '../../../model/knowledge/entry.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import type { Review } from '../../../db/knowledge/reviews/reviews.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { checkedContent } from '../entries/checked-content.ts';
import { editedText } from '../entries/edited-text.ts';
import { kindNamed, present } from '../entries/open-entry.ts';
import { saveEntry } from '../entries/save-entry.ts';
import { blobNamed } from '../history/short-names.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { environmentIn, type FoundEnvironment } from './find-environment.ts';

/** Where an environment, or an entry in it, is to point. */
export interface Move {
  entry: string | null;
  to: Pointer;
  /** Begins the commit message if none is given: `Promote`, `Roll back`. */
  verb: string;
  base: string | undefined;
  message: string | undefined;
  wait: boolean;
  /** For a rollback: the fields that the file had before. */
  goesBackTo?: EntryFields | undefined;
}

/** The environment after a move. */
export interface Moved {
  found: FoundEnvironment;
  before: string | null;
  after: string | null;
  /** Whether the commit took longer than the caller waited. */
  late: boolean;
  /** The review that the move is in; `null` if it was saved. */
  review: Review | null;
}

/**
 * Moves an environment by a save of its file, so that it has an author, a commit, and a history. Throws what a save throws:
 * 409 `base_stale` if somebody else has changed it meanwhile, 403 if the caller may not; and 422 `environment_broken` if its
 * file would not be right.
 */
export async function moveEnvironment(
  deps: ApiDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  found: FoundEnvironment,
  { entry, to, verb, base, message, wait, goesBackTo }: Move,
): Promise<Moved> {
  const file = fileOf(found);
  const kind = kindNamed(access, environmentKind);
  access.require('editor', kind.name);
  const before = readEntry(file.headText, kind);
  const fields = pointedTo(before.fields, entry, to);
  const edited = editedText({ id: file.id, before: file.headText }, kind, { fields });
  const now = new Date();
  const text = withUpdated(edited, file.headText, kind, { given: fields, now });
  const content = checkedContent(text, {
    kind,
    ids: [file.declaredId, file.id],
    known: before.problems,
  });
  const from = commitOf(pointerOf(before.fields, entry));
  const after = commitOf(to);
  const what = entry === null ? file.id : `${entry} in ${file.id}`;
  const saved = await saveEntry(deps, request, access, {
    id: file.id,
    kind,
    path: file.path,
    action: 'edit',
    base: base === undefined ? file.headBlob : await blobNamed(deps, access, file.id, base),
    content,
    message: message ?? `${verb} ${what}: ${shown(from)} to ${shown(after)}`,
    wait,
    ...(goesBackTo === undefined ? {} : { goesBackTo }),
  });
  const head = present(access, file.id, saved.entry);
  const moved = { ...environmentIn(access.row.kinds, head), entry: head };
  const { late, review } = saved;
  return { found: moved, before: from, after, late, review };
}

/** The file of an environment that can be moved. Throws 422 `environment_broken` if it has none. */
export function fileOf({ environment, entry }: FoundEnvironment): Entry & { headText: string } {
  const headText = entry?.headText ?? null;
  if (entry !== null && headText !== null) return { ...entry, headText };
  throw new ApiProblem(
    422,
    'environment_broken',
    `${environment.name} cannot be moved, because it has no file that can be read: move an environment that has one.`,
  );
}

function commitOf({ commit }: Pointer): string | null {
  return typeof commit === 'string' ? commit : null;
}

function shown(commit: string | null): string {
  return commit === null ? 'no commit of its own' : commit.slice(0, 12);
}

/** The commits by entry, as the file has them; `null` if there are none. */
export function entriesField(entries: ReadonlyMap<string, string>): JsonValue {
  return entries.size === 0 ? null : Object.fromEntries(entries);
}
