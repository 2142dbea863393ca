import type { Role } from '../../../../model/access/roles.ts';
import type { Caller } from '../../../api/types.ts';
import type { Review } from './review-queries.ts';

/** What somebody may still say of a review that goes on, and what may become of it by them. */
export interface WordsLeft {
  maySay: boolean;
  mayApprove: boolean;
  mayWithdraw: boolean;
  mayMerge: boolean;
  mayClose: boolean;
}

/** What the API would let this caller do. Whose approval counts is up to the rules; authors are not asked for theirs. */
export function wordsLeft(
  {
    needs,
    approvals,
    author,
    head,
    awaitsYou,
  }: Pick<Review, 'needs' | 'approvals' | 'author' | 'head' | 'awaitsYou'>,
  { kind, email }: Pick<Caller, 'kind' | 'email'>,
  mayAny: (role: Role) => boolean,
): WordsLeft {
  const isSame = (other: string) => email !== null && other.toLowerCase() === email.toLowerCase();
  const isAuthor = isSame(author.email);
  const last = approvals.filter((said) => isSame(said.email)).at(-1)?.verdict ?? 'withdrawn';
  const maySpeak = kind === 'person' && head !== null;
  const mayRead = mayAny('reader');
  return {
    maySay: maySpeak && mayRead && !isAuthor,
    mayApprove: maySpeak && mayRead && (awaitsYou || (last === 'changes_requested' && !isAuthor)),
    mayWithdraw: maySpeak && mayRead && last !== 'withdrawn',
    mayMerge: needs.length === 0 && mayAny('editor'),
    mayClose: mayAny('publisher') || (isAuthor && mayAny('editor')),
  };
}
