import type { FastifyRequest } from 'fastify';
import { lockDrafts, removeDrafts, type Draft } from '../../../db/knowledge/drafts/drafts.ts';
import { removeChangeSet, type ChangeSet } from '../../../db/knowledge/drafts/change-sets.ts';
import type { Review } from '../../../db/knowledge/reviews/reviews.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import { withUpdated } from '../../../knowledge/entries/dated-entry.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { AskedSave } from '../entries/asked-save.ts';
import { checkedContent } from '../entries/checked-content.ts';
import { newPath } from '../entries/new-entry.ts';
import { kindNamed } from '../entries/open-entry.ts';
import { textOfBase } from '../entries/stale-base.ts';
import { submitSaves, type StoredSave } from '../entries/submit-saves.ts';
import { signalSpace } from '../../streams/signals.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { openChangeSet } from './open-draft.ts';

/** Drafts that are published together. */
export interface Publication {
  drafts: readonly Draft[];
  /** What they are published as; `null` for a single draft. */
  changeSet: ChangeSet | null;
  message: string | null;
  /** Whether the answer waits for the commit. */
  wait: boolean;
}

/** What was published. */
export interface Published {
  saves: { asked: AskedSave; stored: StoredSave | undefined }[];
  /** The review that they are in; `null` if they were saved. */
  review: Review | null;
}

/**
 * Makes drafts the saves of their owner, all of them or none, and removes them in the same transaction: wherever this is
 * killed, each is either still a draft, or saved. Throws like {@link submitSaves}, 422 `entry_invalid` for a draft with
 * problems that its entry did not have, and 409 `draft_moved` if one was written in the meantime.
 */
export async function publish(
  deps: ApiDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  { drafts, changeSet, message, wait }: Publication,
): Promise<Published> {
  const saves: AskedSave[] = [];
  for (const draft of drafts) saves.push(await askedOf(deps, access, draft, { message, wait }));
  const submitted = await submitSaves(deps, request, access, {
    saves,
    changeSetId: changeSet?.id ?? null,
    also: async (trx) => {
      // Before its drafts, as who writes one does.
      if (changeSet !== null)
        await openChangeSet(trx, access, request, changeSet.id, { lock: true });
      const ids = drafts.map(({ id }) => id);
      const now = new Map((await lockDrafts(trx, ids)).map((row) => [row.id, row.revision]));
      const moved = drafts.find(({ id, revision }) => now.get(id) !== revision);
      if (moved !== undefined) throw draftMoved(moved);
      await removeDrafts(trx, ids);
      if (changeSet !== null) await removeChangeSet(trx, changeSet.id);
    },
  });
  const stored = submitted.kind === 'saved' ? submitted.stored : [];
  if (submitted.kind === 'in_review')
    await signalSpace(deps.spaces, request.log, access.row.id, 'reviewsChanged');
  return {
    saves: saves.map((asked, index) => ({ asked, stored: stored[index] })),
    review: submitted.kind === 'in_review' ? submitted.review : null,
  };
}

async function askedOf(
  deps: ApiDeps,
  access: SpaceAccess,
  draft: Draft,
  { message, wait }: Pick<Publication, 'message' | 'wait'>,
): Promise<AskedSave> {
  const { entryId, action, base, content: text, slug } = draft;
  const kind = kindNamed(access, draft.kind);
  const asked = { id: entryId, kind, action, base, message, wait };
  const entry = await findEntry(deps.db, access.row.id, entryId);
  const path = entry?.path ?? '';
  if (text === null) return { ...asked, path, content: null };
  if (action === 'create') {
    const content = checkedContent(text, { kind, ids: [entryId], known: [] });
    const name = { slug, title: content.title, id: entryId };
    return { ...asked, path: await newPath(deps, access, kind, name), content };
  }
  const before = base === null ? null : await textOfBase(deps, access, entryId, base);
  const dated = before === null ? text : withUpdated(text, before, kind, { now: new Date() });
  const known = before === null ? (entry?.problems ?? []) : readEntry(before, kind).problems;
  const ids = [entry?.declaredId ?? null, entryId];
  return { ...asked, path, content: checkedContent(dated, { kind, ids, known }) };
}

/** The 409 for a draft that was written while something was done with it. */
export function draftMoved({ id, entryId }: Draft): ApiProblem {
  return new ApiProblem(
    409,
    'draft_moved',
    `The draft ${id} of ${entryId} was written while it was being published. Nothing was saved: look at it, and publish it again.`,
  );
}
