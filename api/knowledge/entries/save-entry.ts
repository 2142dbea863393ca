import type { FastifyRequest } from 'fastify';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import type { PathOwner } from '../../../db/knowledge/entry-paths.ts';
import { findNewestWaitingSave } from '../../../db/knowledge/save-marks.ts';
import { acceptSave, type NewSave } from '../../../db/knowledge/saves.ts';
import { kindOfPath, kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { pathClash } from '../../../model/knowledge/path-clash.ts';
import { inRequest, writeAudit } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { signalSpace } from '../../streams/signals.ts';
import { personOf, spaceNotFound, type SpaceAccess } from '../spaces/space-access.ts';
import type { AskedSave } from './asked-save.ts';
import { requireUnprotected } from '../environments/require-unprotected.ts';
import { requirePrivacy } from './require-privacy.ts';
import type { AwaitedSave } from './save-waits.ts';
import { staleBase } from './stale-base.ts';

/** The state of a save at the time of the answer. */
export interface Saved {
  entry: Entry | null;
  /**
   * Whether the caller wanted to wait for the commit and the save is still waiting: the answer is
   * then 202.
   */
  late: boolean;
}

/**
 * Accepts a save of the caller together with its audit entry, in one transaction; then rings.
 * Throws 409 `base_stale` with all sides and their merge, 409 `entry_exists`, 404 if the space was
 * ended in the meantime, 422 `public_repository`, and 403 `environment_protected`.
 */
export async function saveEntry(
  deps: ApiDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  asked: AskedSave,
): Promise<Saved> {
  const { id, kind, wait } = asked;
  const spaceId = access.row.id;
  access.require('editor', kind.name);
  await requireUnprotected(deps, access, asked);
  if (asked.content !== null) await requirePrivacy(deps, access, kind);
  const save = newSave(request, spaceId, asked);
  const accepted = await inRequest(deps.db, async (trx) => {
    const result = await acceptSave(trx, save);
    if (result.kind === 'accepted')
      await writeAudit(trx, request, {
        action: `entry.${asked.action}`,
        target: `space/${spaceId}/${id}`,
        detail: { kind: kind.name, save: result.saveId },
      });
    return result;
  });
  switch (accepted.kind) {
    case 'no_space':
      throw spaceNotFound(spaceId);
    case 'path_taken':
      throw pathTaken(access, asked, accepted);
    case 'stale':
      throw await staleBase(deps, access, asked, accepted.head);
    case 'unchanged': {
      // The same text may have been saved a moment ago, and still be on its way to Git.
      const waiting = wait ? await findNewestWaitingSave(deps.db, spaceId, id) : null;
      if (waiting !== null) await signalSpace(deps.spaces, request.log, spaceId, 'syncNow');
      const late =
        waiting !== null && !(await isDelivered(deps, request, { spaceId, saveId: waiting }));
      return { entry: await findEntry(deps.db, spaceId, id), late };
    }
    case 'accepted': {
      if (wait) await signalSpace(deps.spaces, request.log, spaceId, 'syncNow');
      else if (accepted.ring) await signalSpace(deps.spaces, request.log, spaceId, 'doorbell');
      const { saveId } = accepted;
      const late = wait && !(await isDelivered(deps, request, { spaceId, saveId }));
      return { entry: await findEntry(deps.db, spaceId, id), late };
    }
  }
}

function newSave(request: FastifyRequest, spaceId: string, asked: AskedSave): NewSave {
  const { id, kind, path, moveTo, action, base, content, message } = asked;
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
  };
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

/**
 * Waits until a save is on the remote or has become a conflict; returns whether that happened in
 * time and while the caller was still connected.
 */
async function isDelivered(
  { saveWaits }: ApiDeps,
  { raw: { socket } }: FastifyRequest,
  save: AwaitedSave,
): Promise<boolean> {
  const gone = new AbortController();
  const hangUp = () => gone.abort();
  socket.once('close', hangUp);
  if (socket.destroyed) hangUp();
  try {
    return await saveWaits.untilDecided(save, gone.signal);
  } finally {
    socket.off('close', hangUp);
  }
}
