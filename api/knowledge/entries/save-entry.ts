import type { FastifyRequest } from 'fastify';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import type { Review } from '../../../db/knowledge/reviews/reviews.ts';
import { findReviewOfSave } from '../../../db/knowledge/reviews/review-saves.ts';
import { findNewestWaitingSave } from '../../../db/knowledge/save-marks.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { signalSpace } from '../../streams/signals.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import type { AskedSave } from './asked-save.ts';
import type { AwaitedSave } from './save-waits.ts';
import { submitSaves, type StoredSave } from './submit-saves.ts';

/** The state of a save at the time of the answer. */
export interface Saved {
  entry: Entry | null;
  /**
   * Whether the caller wanted to wait for the commit and the save is still waiting: the answer is
   * then 202.
   */
  late: boolean;
  /** The review that the change is in instead; `null` if it was saved. */
  review: Review | null;
}

/** Accepts a save of the caller like {@link submitSaves}; then rings. */
export async function saveEntry(
  deps: ApiDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  asked: AskedSave,
): Promise<Saved> {
  const submission = { saves: [asked], changeSetId: null };
  const submitted = await submitSaves(deps, request, access, submission);
  const entry = () => findEntry(deps.db, access.row.id, asked.id);
  if (submitted.kind === 'in_review') {
    await signalSpace(deps.spaces, request.log, access.row.id, 'reviewsChanged');
    return { entry: await entry(), late: false, review: submitted.review };
  }
  const [stored] = submitted.stored;
  const late = await ringAndWait(deps, request, access, { asked, stored });
  // Whoever waited may learn that the branch is protected.
  const review =
    stored?.kind === 'accepted' ? await findReviewOfSave(deps.db, stored.saveId) : null;
  return { entry: await entry(), late, review };
}

/** Rings for a save, and returns whether the caller waited for it in vain. */
export async function ringAndWait(
  deps: ApiDeps,
  request: FastifyRequest,
  { row: { id: spaceId } }: SpaceAccess,
  { asked: { id, wait }, stored }: { asked: AskedSave; stored: StoredSave | undefined },
): Promise<boolean> {
  if (stored?.kind === 'accepted') {
    if (wait) await signalSpace(deps.spaces, request.log, spaceId, 'syncNow');
    else if (stored.ring) await signalSpace(deps.spaces, request.log, spaceId, 'doorbell');
    const { saveId } = stored;
    return wait && !(await isDelivered(deps, request, { spaceId, saveId }));
  }
  // The same text may have been saved a moment ago, and still be on its way to Git.
  const waiting = wait ? await findNewestWaitingSave(deps.db, spaceId, id) : null;
  if (waiting === null) return false;
  await signalSpace(deps.spaces, request.log, spaceId, 'syncNow');
  return !(await isDelivered(deps, request, { spaceId, saveId: waiting }));
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
