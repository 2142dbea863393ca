import type { ExpressionBuilder } from 'kysely';
import type { Actor } from '../../model/access/actor.ts';
import type { Database } from '../schema/database.ts';

/** A condition: the row belongs to this token or person. */
export function ownedBy({ tokenId, personId }: Actor) {
  return (eb: ExpressionBuilder<Database, 'drafts' | 'changeSets' | 'hostTokens'>) =>
    personId !== null
      ? eb('personId', '=', personId)
      : eb.and([eb('tokenId', '=', tokenId), eb('personId', 'is', null)]);
}

/** The columns that say so. */
export function ownerColumns({ tokenId, personId }: Actor) {
  return personId !== null ? { tokenId: null, personId } : { tokenId, personId: null };
}

/** Names the owner, as audit entries do: `person/<id>` or `token/<id>`. */
export function ownerOf({ tokenId, personId }: Actor): string {
  return personId === null ? `token/${tokenId ?? ''}` : `person/${personId}`;
}
