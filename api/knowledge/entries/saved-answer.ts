import type { Static } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { reviewLink } from '../reviews/review-view.ts';
import type { EntryView, InReviewView } from './entry-schema.ts';
import { entryView } from './entry-view.ts';
import { present } from './open-entry.ts';
import type { Saved } from './save-entry.ts';

/** What a route answers to a save. */
export type SavedAnswer =
  | { code: 'done'; body: Static<typeof EntryView> }
  | { code: 'later'; body: Static<typeof EntryView> | Static<typeof InReviewView> };

/**
 * The answer to a save: the entry as it is now, or the review that the change is in, which `Location` names as well.
 */
export function savedAnswer(
  reply: FastifyReply,
  access: SpaceAccess,
  { id, kind }: { id: string; kind: Kind },
  { entry, late, review }: Saved,
): SavedAnswer {
  if (review !== null) {
    void reply.header('location', `/v1/spaces/${access.row.id}/reviews/${review.number}`);
    return { code: 'later', body: { review: reviewLink(review) } };
  }
  const body = entryView(present(access, id, entry), kind, access.kinds('reader'));
  return { code: late ? 'later' : 'done', body };
}
