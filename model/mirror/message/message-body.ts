import type { Change } from '../events.ts';
import type { UnlinkedObject } from '../../platform/tree.ts';
import type { MessageInput } from './message-input.ts';
import { verbOf, jobOutcome } from './message-words.ts';
import { cut, utf8Length } from '../../text/outside-text.ts';
import { platformLine, platformLines } from './platform-text.ts';

const maxChanges = 200;
const maxBytes = 64 * 1024;
const maxName = 200;
const maxUnlinked = 20;
const maxDescription = 2_000;
const indent = '    ';

/**
 * The changes as paragraphs, oldest first; each line begins with four spaces. They leave `reserved`
 * bytes of the body for what follows.
 */
export function changeList(
  input: Pick<MessageInput, 'changes' | 'configurationName' | 'words'>,
  reserved: number,
): string[] {
  const { changes } = input;
  const paragraphs: string[] = [];
  let bytes = 0;
  for (const change of changes.slice(0, maxChanges)) {
    const paragraph = [headline(change, input), byline(change), ...description(change)]
      .map((line) => indent + line)
      .join('\n');
    bytes += utf8Length(paragraph) + 2;
    // Leaves room for the line that says how many more there are.
    if (bytes > maxBytes - 512 - reserved) break;
    paragraphs.push(paragraph);
  }
  const left = changes.length - paragraphs.length;
  if (left > 0) paragraphs.push(`… and ${left} more`);
  return paragraphs;
}

/** The objects as one paragraph, or none. Each line with text from outside begins with four spaces. */
export function unlinkedList(objects: readonly UnlinkedObject[], title: string): string[] {
  if (objects.length === 0) return [];
  const lines = objects.slice(0, maxUnlinked).map(({ path, reasons }) => {
    const reason = cut(platformLine(reasons.join(' ')), maxName);
    return `${indent}${cut(platformLine(path), maxName)}${reason === '' ? '' : `: ${reason}`}`;
  });
  const left = objects.length - lines.length;
  return [[title, ...lines, ...(left > 0 ? [`${indent}… and ${left} more`] : [])].join('\n')];
}

function headline(
  change: Change,
  { configurationName, words }: Pick<MessageInput, 'configurationName' | 'words'>,
): string {
  const { componentId, configId } = change;
  if (componentId === null || configId === null) {
    const what = { storage_changed: 'Storage', branch_changed: 'Branch' } as Record<string, string>;
    return `${what[change.type] ?? 'Change'} ${cut(platformLine(change.versionIdentifier), maxName)}`;
  }
  const ids = cut(`${platformLine(componentId)}/${platformLine(configId)}`, maxName);
  const name = cut(platformLine(configurationName(componentId, configId) ?? ''), maxName);
  const title = name === '' ? ids : `"${name}" (${ids})`;
  if (change.type === 'job_finished') {
    return `Job ${cut(platformLine(change.versionIdentifier), maxName)} ${jobOutcome(change)}: ${title}`;
  }
  const version = change.version === null ? '' : `, version ${change.version}`;
  return `${verbOf(change)} ${words.wordFor(componentId)} ${title}${version}`;
}

function byline({ occurredAt, author }: Change): string {
  const time = new Date(occurredAt);
  // A change without a date has the epoch, which tells a reader nothing.
  const when = time.getTime() > 0 ? time.toISOString().replace('.000Z', 'Z') : 'at an unknown time';
  const who = cut(platformLine(author ?? ''), maxName);
  return who === '' ? when : `${when} by ${who}`;
}

function description(change: Change): string[] {
  return platformLines(cut(change.description ?? '', maxDescription));
}
