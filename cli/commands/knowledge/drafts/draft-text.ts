import type { Answer, Item } from '../../../client/answers.ts';
import { facts, manyLines, oneLine, table } from '../../../client/layout.ts';
import type { Said } from '../../../client/client-command.ts';
import { inReviewText } from '../review/in-review.ts';

/** A draft, as the API returns it. */
export type Draft = Answer<'GET /v1/spaces/:space/drafts/:draft'>;

/** Drafts, one per line. */
export function draftsTable(items: readonly Item<'GET /v1/spaces/:space/drafts'>[]): string {
  return table(
    ['entry', 'kind', 'title', 'what', 'written', 'change set', 'draft'],
    items.map(({ entry, kind, title, action, updatedAt, changeSet, id }) => [
      ...[entry, kind, title, action, updatedAt, changeSet ?? '-', id],
    ]),
    'No drafts.',
  );
}

/** Change sets, one per line. */
export function changeSetsTable(
  items: readonly Item<'GET /v1/spaces/:space/change-sets'>[],
): string {
  return table(
    ['change set', 'title', 'drafts', 'written'],
    items.map(({ id, title, drafts, updatedAt }) => [id, title, String(drafts), updatedAt]),
    'No change sets.',
  );
}

/** A draft with its text, and what would have to be mended before it is published. */
export function draftText(draft: Draft): string {
  const { problems, text } = draft;
  return [
    facts([
      ['draft', draft.id],
      ['entry', draft.entry],
      ['kind', draft.kind],
      ['what', draft.action],
      ['base', draft.base],
      ['set', draft.changeSet],
      ['written', draft.updatedAt],
    ]),
    ...(draft.outdated ? ['! The entry has changed since: publishing this shows both sides.'] : []),
    ...problems.map(({ line, pointer, message }) =>
      oneLine(`! line ${line}: ${pointer === '' ? '' : `${pointer}: `}${message}`),
    ),
    ...(text === null ? [] : ['', manyLines(text)]),
  ].join('\n');
}

/** What became of what was published. */
export function published(
  space: string,
  answer: Answer<'POST /v1/spaces/:space/drafts/:draft/actions/publish'>,
): Said {
  const text =
    answer.review === null
      ? oneLine(`Published ${answer.entries.join(', ')}.`)
      : inReviewText(space, answer.review);
  return { json: answer, text };
}
