import type { Answer } from '../../../client/answers.ts';
import { oneLine } from '../../../client/layout.ts';

type ReviewLink = NonNullable<Answer<'DELETE /v1/spaces/:space/entries/:entry'>>['review'];

/** Says that a change was not saved, but goes on as a review, and how to look at it. */
export function inReviewText(space: string, { number, title, pullRequest }: ReviewLink): string {
  const where = pullRequest === null ? '' : ` ${pullRequest.url}`;
  const show = `gitward knowledge reviews show ${space} ${number}`;
  return `${oneLine(`In review: #${number}${where}: ${title}`)}\n\nOthers have to approve it before it is saved: ${show}`;
}
