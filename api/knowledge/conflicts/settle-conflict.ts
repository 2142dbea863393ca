import type { FastifyRequest } from 'fastify';
import type { Trx } from '../../../db/connect.ts';
import type { PathOwner } from '../../../db/knowledge/entry-paths.ts';
import { noteSettlement, findTextOfSave, type Conflict } from '../../../db/knowledge/conflicts.ts';
import {
  acceptSave,
  type AcceptedSave,
  type EntryContent,
  type NewSave,
} from '../../../db/knowledge/saves.ts';
import { recordSyncLog } from '../../../db/knowledge/sync-logs.ts';
import {
  BadSettlement,
  mergeEntries,
  settleConflict,
} from '../../../knowledge/merge/merge-entries.ts';
import type { MergeInput } from '../../../knowledge/merge/merge-input.ts';
import { isLfsPointer } from '../../../knowledge/entries/lfs-pointer.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { neededFor, whoAsks } from '../../../knowledge/review/needed-for.ts';
import { pathClash } from '../../../model/knowledge/path-clash.ts';
import type { Settlement } from '../../../model/knowledge/conflict.ts';
import { inRequest, writeAudit } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { lfsRefusal } from '../entries/edited-text.ts';
import { checkedContent } from '../entries/checked-content.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import type { OpenedConflict } from './open-conflict.ts';
import { requireChecks } from '../checks/require-checks.ts';
import { roleFor } from '../reviews/role-for.ts';
import { requirePrivacy } from '../entries/require-privacy.ts';
import { personOf, spaceNotFound } from '../spaces/space-access.ts';

/**
 * Settles a conflict, and saves the result unless the entry already has that text. To undo it,
 * settle it again: both sides are kept, and later changes stay. Throws 422 for a settlement that
 * cannot be applied or is not valid, and 409 `conflict_moved` if the entry or the conflict has
 * changed in the meantime; `moved` creates that problem. Throws 409 `review_needed` for a text that others have to approve, and `checks_needed`.
 */
export async function settleOpened(
  deps: ApiDeps,
  request: FastifyRequest,
  opened: OpenedConflict,
  settlement: Settlement,
  moved: () => Promise<ApiProblem>,
): Promise<{ saveId: string | null; ring: boolean }> {
  const text = await settledText(deps, opened, settlement, moved);
  const file = opened.input.git;
  if (text !== null && text !== file && isLfsPointer(file ?? ''))
    throw lfsRefusal(opened.row.entryId);
  requireNoReview(request, opened, text);
  const content = text === null ? null : await contentOf(deps, text, opened);
  await requireChecks(
    deps,
    opened.access,
    {
      id: opened.row.entryId,
      kind: opened.input.kind,
      content,
    },
    opened.entry,
  );
  try {
    return await inRequest(deps.db, (trx) => store(trx, request, opened, { settlement, content }));
  } catch (error) {
    if (error instanceof Meanwhile) throw await moved();
    throw error;
  }
}

/** Someone else changed the entry or settled the conflict, so nothing is stored. */
class Meanwhile extends Error {}

/** A settlement is no way around a review: the entry's present text needs no approval, another one is saved like any other. */
function requireNoReview(
  request: FastifyRequest,
  { access, row, entry, input: { kind } }: OpenedConflict,
  text: string | null,
): void {
  const head = entry?.headText ?? null;
  if (text === head) return;
  const file = {
    ...{ kind: kind.name, path: entry?.path ?? row.path, action: 'settle' as const, moveTo: null },
    ...{ baseText: head, text },
  };
  const author = { email: personOf(callerOf(request)).email, role: roleFor(access, [kind.name]) };
  const needs = neededFor(access.row, [file], [author]);
  if (needs === null) return;
  throw new ApiProblem(
    409,
    'review_needed',
    `Others have to approve this text of ${row.entryId}: ${whoAsks(needs)}. Settle the conflict with the whole text that the entry has now, and then save this one as a change: it becomes a review.`,
  );
}

/** A settlement must not introduce problems that neither side has. */
async function contentOf(
  deps: ApiDeps,
  text: string,
  { access, row, input: { kind, git, mine } }: OpenedConflict,
): Promise<EntryContent> {
  const sides = [git, mine].flatMap((side) => (side === null ? [] : [readEntry(side, kind)]));
  const content = checkedContent(text, {
    kind,
    ids: [row.entryId, ...sides.map(({ id }) => id)],
    known: sides.flatMap(({ problems }) => problems),
  });
  await requirePrivacy(deps, access, kind);
  return content;
}

async function settledText(
  { db }: ApiDeps,
  { row, entry, input }: OpenedConflict,
  settlement: Settlement,
  moved: () => Promise<ApiProblem>,
): Promise<string | null> {
  const wanted = await settledOf(input, settlement);
  if (row.settled === null || 'text' in settlement) return wanted;
  const { saveId } = row.settled;
  const before = saveId === null ? row.gitText : await findTextOfSave(db, saveId);
  const head = entry?.headText ?? null;
  const sides = { base: before, git: head, mine: wanted };
  const merged = await mergeEntries({ ...input, ...sides, eachDifference: false });
  if (merged.kind === 'conflict') throw await moved();
  return merged.text;
}

async function settledOf(input: MergeInput, settlement: Settlement): Promise<string | null> {
  try {
    return await settleConflict(input, settlement);
  } catch (error) {
    if (error instanceof BadSettlement) throw fieldProblem('/parts', error.message);
    throw error;
  }
}

async function store(
  trx: Trx,
  request: FastifyRequest,
  opened: OpenedConflict,
  { settlement, content }: { settlement: Settlement; content: EntryContent | null },
): Promise<{ saveId: string | null; ring: boolean }> {
  const { row, entry } = opened;
  // If the entry is a file that we do not store, it stays where it is: taking Git's side does not
  // remove it.
  const isKept = content === null && entry?.headBlob != null && entry.headText === null;
  const result = isKept ? unchanged : await acceptSave(trx, saveOf(request, opened, content));
  if (result.kind === 'stale') throw new Meanwhile();
  if (result.kind === 'no_space') throw spaceNotFound(row.spaceId);
  if (result.kind === 'path_taken') throw pathTaken(row, result);
  const stored = result.kind === 'accepted' ? result : { saveId: null, ring: false };
  await note(trx, request, opened, { settlement, saveId: stored.saveId });
  return stored;
}

const unchanged: AcceptedSave = { kind: 'unchanged' };

function saveOf(
  request: FastifyRequest,
  { row, entry, input }: OpenedConflict,
  content: EntryContent | null,
): NewSave {
  const caller = callerOf(request);
  const title = content?.title ?? entry?.title ?? '';
  return {
    spaceId: row.spaceId,
    entryId: row.entryId,
    kind: input.kind.name,
    path: entry?.path ?? row.path,
    action: 'settle',
    base: entry?.headBlob ?? null,
    content,
    person: personOf(caller),
    by: caller,
    via: 'api',
    message: `Settle a conflict in ${title === '' ? row.entryId : title}`,
  };
}

function pathTaken({ entryId: id, path }: Conflict, owner: PathOwner): ApiProblem {
  return new ApiProblem(
    409,
    'entry_exists',
    `This was the file of ${id}, but now ${pathClash(path, owner)}. Move or remove that file first, or take Git's side.`,
  );
}

/** Marks the conflict as settled, and writes the audit entry and the sync log. */
async function note(
  trx: Trx,
  request: FastifyRequest,
  { row, entry, input }: OpenedConflict,
  { settlement, saveId }: { settlement: Settlement; saveId: string | null },
): Promise<void> {
  const by = callerOf(request).name;
  const settled = { settlement, by, at: new Date().toISOString(), saveId };
  const isNews = row.settled === null && input.git !== row.gitText;
  const noted = await noteSettlement(trx, row, {
    settled,
    git: {
      text: input.git,
      commit: isNews ? (entry?.commitSha ?? null) : row.gitCommit,
      author: isNews ? (entry?.updatedBy ?? null) : row.gitAuthor,
      at: isNews ? (entry?.updatedAt ?? null) : row.gitAt,
    },
  });
  if (!noted) throw new Meanwhile();
  await writeAudit(trx, request, {
    action: 'conflict.settle',
    target: `space/${row.spaceId}/${row.entryId}`,
    detail: { conflict: row.id, save: saveId },
  });
  await recordSyncLog(trx, row.spaceId, [
    {
      entryId: row.entryId,
      direction: 'to_git',
      outcome: 'settled',
      commitSha: null,
      actor: by,
      message:
        saveId === null
          ? 'The conflict was settled: the entry stays as it is.'
          : 'The conflict was settled: the chosen text is saved.',
    },
  ]);
}
