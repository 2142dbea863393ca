import { findConflict, type Conflict } from '../../../db/knowledge/conflicts.ts';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { MergeInput } from '../../../knowledge/merge/merge-input.ts';
import { takeAgain } from '../../../knowledge/merge/take-again.ts';
import type { Role } from '../../../model/access/roles.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/** A conflict that a caller may see, and its entry as it is now. */
export interface OpenedConflict {
  access: SpaceAccess;
  row: Conflict;
  entry: Entry | null;
  /** The sides, ready to be compared. */
  input: MergeInput;
}

/**
 * The conflict with both sides, for a caller who has this role for its kind. Throws 404
 * `conflict_not_found`, 403, and 422 `kind_not_found` if the space no longer has its kind.
 */
export async function openConflict(
  { db, texts }: ApiDeps,
  access: SpaceAccess,
  id: string,
  role: Role,
): Promise<OpenedConflict> {
  const row = await findConflict(db, access.row.id, id);
  // If the caller may not see its kind, we pretend that it does not exist.
  if (row === null || !access.may('reader', row.kind))
    throw new ApiProblem(
      404,
      'conflict_not_found',
      `There is no conflict ${id} in ${access.row.id}.`,
    );
  const entry = await findEntry(db, access.row.id, row.entryId);
  const kindName = entry?.kind ?? row.kind;
  access.require(role, row.kind);
  access.require(role, kindName);
  const kind = kindsOf(access.row.kinds).find(({ name }) => name === kindName);
  if (kind === undefined)
    throw new ApiProblem(
      422,
      'kind_not_found',
      `${row.entryId} has the kind ${kindName}, which the space ${access.row.id} does not have any more.`,
    );
  // A settled conflict is compared with what it was settled against, because its entry is already
  // the result.
  const git = row.settled === null ? (entry?.headText ?? null) : row.gitText;
  const { baseText: base, mineText: mine } = row;
  const mergeTexts = (sides: Parameters<typeof texts.merge>[0]) => texts.merge(sides);
  const input = { kind, base, git, mine, mergeTexts };
  return { access, row, entry, input: row.cause === 'lost' ? await takeAgain(input) : input };
}
