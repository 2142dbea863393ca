import type { FastifyRequest } from 'fastify';
import type { Trx } from '../../../db/connect.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import type { PathOwner } from '../../../db/knowledge/entry-paths.ts';
import type { Review } from '../../../db/knowledge/reviews/reviews.ts';
import { acceptSave, type AcceptedSave, type NewSave } from '../../../db/knowledge/saves.ts';
import { environmentKind } from '../../../knowledge/environments/read-environment.ts';
import { kindOfPath, kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { pathClash } from '../../../model/knowledge/path-clash.ts';
import { inRequest, writeAudit } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { askReview, neededReview, type NeededReview } from '../reviews/ask-review.ts';
import { personOf, spaceNotFound, type SpaceAccess } from '../spaces/space-access.ts';
import { requireChecks } from '../checks/require-checks.ts';
import type { AskedSave } from './asked-save.ts';
import { refuseSecrets } from './refuse-secrets.ts';
import { requirePrivacy } from './require-privacy.ts';
import { staleBase } from './stale-base.ts';

/** Saves that are accepted together, or not at all. */
export interface Submission {
  saves: readonly AskedSave[];
  /** Has them become one commit; `null` for a single save. */
  changeSetId: string | null;
  /** What else belongs to the transaction. */
  also?: (trx: Trx) => Promise<void>;
}

/** A save that was stored, or that its entry already has. */
export type StoredSave = Extract<AcceptedSave, { kind: 'accepted' | 'unchanged' }>;

/** Why a save was not accepted. */
type Refusal = Exclude<AcceptedSave, { kind: 'accepted' }>;

/** Nothing was stored, because of this save. */
class Refused extends Error {
  readonly asked: AskedSave;
  readonly refusal: Refusal;

  constructor(asked: AskedSave, refusal: Refusal) {
    super(refusal.kind);
    this.asked = asked;
    this.refusal = refusal;
  }
}

/** What became of a submission: its saves were stored, or others have to approve it first. */
export type Submitted =
  { kind: 'saved'; stored: StoredSave[] } | { kind: 'in_review'; review: Review };

/**
 * Accepts saves of the caller together with their audit entries, in one transaction, or stores them as a review if rules or
 * a protected branch ask for that. Throws 409 `base_stale` with all
 * sides and their merge, 409 `entry_exists` and `checks_needed`, 422 `secret_found`, 404 if the space was ended in the meantime, and 422 `public_repository`; then
 * nothing was stored.
 */
export async function submitSaves(
  deps: ApiDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  { saves, changeSetId, also }: Submission,
): Promise<Submitted> {
  for (const { kind, content } of saves) {
    access.require('editor', kind.name);
    if (content !== null) await requirePrivacy(deps, access, kind);
  }
  await refuseSecrets(deps, request, access, saves);
  for (const save of saves.filter(({ kind }) => kind.name === environmentKind)) {
    const head = await findEntry(deps.db, access.row.id, save.id);
    // What it is checked against must be what it replaces.
    if ((head?.headBlob ?? null) !== save.base) throw await staleBase(deps, access, save, head);
    await requireChecks(deps, access, save, head);
  }
  try {
    return await inRequest(deps.db, async (trx): Promise<Submitted> => {
      const needed = await neededReview(trx, request, access, saves);
      if (needed !== null) {
        const review = await ask(trx, request, access, { saves, changeSetId }, needed);
        await also?.(trx);
        return { kind: 'in_review', review };
      }
      const stored: StoredSave[] = [];
      for (const asked of saves)
        stored.push(await accept(trx, request, access, asked, changeSetId));
      await also?.(trx);
      return { kind: 'saved', stored };
    });
  } catch (error) {
    if (error instanceof Refused) throw await problemOf(deps, access, error);
    throw error;
  }
}

async function ask(
  trx: Trx,
  request: FastifyRequest,
  access: SpaceAccess,
  { saves, changeSetId }: Pick<Submission, 'saves' | 'changeSetId'>,
  needed: NeededReview,
): Promise<Review> {
  const wanted = saves.map((asked) => newSave(request, access.row.id, asked, changeSetId));
  const result = await askReview(trx, request, wanted, needed, access);
  if (result.kind === 'in_review') return result.review;
  const asked = saves[result.index];
  if (asked === undefined) throw new Error('A review refused a save that it does not have.');
  throw new Refused(asked, result.refusal);
}

async function accept(
  trx: Trx,
  request: FastifyRequest,
  { row }: SpaceAccess,
  asked: AskedSave,
  changeSetId: string | null,
): Promise<StoredSave> {
  const result = await acceptSave(trx, newSave(request, row.id, asked, changeSetId));
  if (result.kind !== 'accepted' && result.kind !== 'unchanged') throw new Refused(asked, result);
  if (result.kind === 'accepted')
    await writeAudit(trx, request, {
      action: `entry.${asked.action}`,
      target: `space/${row.id}/${asked.id}`,
      detail: {
        kind: asked.kind.name,
        save: result.saveId,
        ...(changeSetId === null ? {} : { changeSet: changeSetId }),
      },
    });
  return result;
}

function newSave(
  request: FastifyRequest,
  spaceId: string,
  { id, kind, path, moveTo, action, base, content, message }: AskedSave,
  changeSetId: string | null,
): NewSave {
  const caller = callerOf(request);
  return {
    spaceId,
    entryId: id,
    kind: kind.name,
    path,
    action,
    base,
    content,
    person: personOf(caller),
    by: caller,
    via: 'api',
    message,
    ...(moveTo === undefined ? {} : { moveTo }),
    ...(changeSetId === null ? {} : { changeSetId }),
  };
}

async function problemOf(
  deps: ApiDeps,
  access: SpaceAccess,
  { asked, refusal }: Refused,
): Promise<ApiProblem> {
  switch (refusal.kind) {
    case 'unchanged':
      return new ApiProblem(
        422,
        'change_set_refused',
        `${asked.id} already is like that: leave it out of what is to be reviewed.`,
      );
    case 'no_space':
      return spaceNotFound(access.row.id);
    case 'path_taken':
      return pathTaken(access, asked, refusal);
    case 'stale':
      return staleBase(deps, access, asked, refusal.head);
  }
}

/** Whoever may not read the other entry only learns that the path cannot be used. */
function pathTaken(
  access: SpaceAccess,
  { path: own, moveTo }: AskedSave,
  owner: PathOwner,
): ApiProblem {
  const path = moveTo ?? own;
  const { kinds, root } = access.row;
  const kind = kindOfPath(kindsOf(kinds), root, owner.path);
  const isSeen = kind !== null && access.may('reader', kind.name);
  const why = isSeen ? pathClash(path, owner) : `${path} is taken`;
  return new ApiProblem(
    409,
    'entry_exists',
    `${why}. Give another ${moveTo === undefined ? 'slug' : 'name'}, or move that file first.`,
  );
}
