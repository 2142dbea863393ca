import type { Review, ReviewItem } from '../../../db/knowledge/reviews/reviews.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { sameValue } from '../../../knowledge/merge/same-value.ts';
import type { JsonValue, SaveAction } from '../../../model/knowledge/entry.ts';
import type { ReviewNeed } from '../../../model/knowledge/review-rules.ts';
import { cut, oneLine, textLines } from '../../../model/text/outside-text.ts';

const verbs: Record<SaveAction, string> = {
  create: 'Add',
  edit: 'Change',
  delete: 'Remove',
  restore: 'Restore',
  settle: 'Change',
  move: 'Move',
};

/** A description lists this many entries, and of each this many fields; the others are seen in the pull request itself. */
const most = { entries: 100, fields: 8 };

/**
 * What a review is about, in Markdown for the pull request: the words of who asked for it, a table of what changes, and who
 * must approve it. What others wrote is shown as text: no link, no mention, no HTML.
 */
export function describeReview(
  row: Pick<Space, 'kinds' | 'name'>,
  { author, description, needs }: Pick<Review, 'author' | 'description' | 'needs'>,
  items: readonly ReviewItem[],
): string {
  const table = [
    '| | Entry | What changes |',
    '| --- | --- | --- |',
    ...items.slice(0, most.entries).map((item) => rowOf(row, item)),
    ...(items.length > most.entries ? [`| | … and ${items.length - most.entries} more | |`] : []),
  ];
  return [
    `${plain(author.name)} asks for this change of the knowledge in ${plain(row.name)}.`,
    textLines(description).map(plain).join('\n'),
    table.join('\n'),
    needs.map(needLine).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function rowOf({ kinds }: Pick<Space, 'kinds'>, item: ReviewItem): string {
  const name = `${item.kind === null ? '' : `${item.kind} `}${plain(item.title || item.entryId || item.path)}`;
  const moved = item.moveTo === null ? [] : [`moves to ${plain(item.moveTo)}`];
  const changes = [...moved, ...fieldChanges(kinds, item)];
  const told = changes.slice(0, most.fields);
  if (changes.length > told.length) told.push(`… and ${changes.length - told.length} more`);
  return `| ${verbs[item.action]} | ${name} | ${told.join('<br>')} |`;
}

function fieldChanges(
  kinds: Space['kinds'],
  { kind: name, baseText, text, action }: ReviewItem,
): string[] {
  const kind = kindsOf(kinds).find((one) => one.name === name);
  if (kind === undefined || text === null || action === 'create') return [];
  const [before, after] = [readEntry(baseText ?? '', kind), readEntry(text, kind)];
  const names = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  const changes = [...names].flatMap((field) => {
    const [from, to] = [valueOf(before.fields, field), valueOf(after.fields, field)];
    return sameValue(from, to) ? [] : [`${plain(field)}: ${shown(from)} → ${shown(to)}`];
  });
  return before.body === after.body ? changes : [...changes, 'the text'];
}

function valueOf(fields: Readonly<Record<string, JsonValue>>, name: string): JsonValue {
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}

function shown(value: JsonValue): string {
  if (value === null) return '–';
  return plain(cut(oneLine(typeof value === 'string' ? value : JSON.stringify(value)), 80));
}

function needLine({ name, approvals, approvers }: ReviewNeed): string {
  const who = approvers === null ? '' : ` of ${approvers.map(plain).join(', ')}`;
  return `- ${plain(name)}: ${approvals === 1 ? 'an approval' : `${approvals} approvals`}${who}`;
}

/** Text of others in Markdown, as it is. A mark of zero width keeps hosts from taking names for mentions, and numbers for references. */
export function plain(text: string): string {
  return cut(oneLine(text), 500)
    .replace(/&/g, '&amp;')
    .replace(/[\\`*_{}[\]()<>|~$!]/g, '\\$&')
    .replace(/:\/\//g, ':\u200b//')
    .replace(/[@#](?=\w)/g, '$&\u200b');
}
