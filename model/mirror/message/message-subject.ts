import type { Change } from '../events.ts';
import type { MessageInput, MessageWords } from './message-input.ts';
import { jobOutcome, verbOf } from './message-words.ts';
import { platformLine } from './platform-text.ts';

/** The changes of a commit in one line. Longer than `maxLength` only if a single thing already is. */
export function subjectOfChanges(
  {
    changes,
    configurationName,
    words,
  }: Pick<MessageInput, 'changes' | 'configurationName' | 'words'>,
  maxLength: number,
): string {
  const name = ({ componentId, configId, versionIdentifier }: Change) =>
    titleOf(componentId, configId, configurationName) ?? platformLine(versionIdentifier);
  // Several changes of one thing in a window count as one: its last.
  const things = [...new Map(changes.map((change) => [thingOf(change), change])).values()];
  const [first] = things;
  if (first === undefined) return 'No changes';
  if (things.length === 1) return subjectOfOne(first, name(first), words);

  const types = new Set(things.map(({ type }) => type));
  const what = types.size === 1 ? severalOf(things) : `${things.length} changes`;
  return `${what}: ${fitting(things.map(name), maxLength - what.length - 2)}`;
}

/** The name of a configuration, or its ids if it has none; `null` if the change is not about a configuration. */
function titleOf(
  componentId: string | null,
  configId: string | null,
  configurationName: MessageInput['configurationName'],
): string | null {
  if (componentId === null || configId === null) return null;
  const name = platformLine(configurationName(componentId, configId) ?? '');
  return name === '' ? `${platformLine(componentId)}/${platformLine(configId)}` : name;
}

function thingOf(change: Change): string {
  return change.type === 'config_changed'
    ? JSON.stringify([change.componentId, change.configId])
    : JSON.stringify([change.type, change.versionIdentifier]);
}

function subjectOfOne(change: Change, name: string, { wordFor }: MessageWords): string {
  switch (change.type) {
    case 'config_changed': {
      const version = change.version === null ? '' : ` (v${change.version})`;
      return `${verbOf(change)} ${wordFor(change.componentId ?? '')} "${name}"${version}`;
    }
    case 'job_finished':
      return `Job ${jobOutcome(change)}: ${name}`;
    case 'storage_changed':
      return `Storage changed: ${platformLine(change.description ?? '') || name}`;
    case 'branch_changed':
      return `Branch changed: ${platformLine(change.description ?? '') || name}`;
  }
}

function severalOf(things: readonly Change[]): string {
  const [first] = things;
  switch (first?.type) {
    case undefined:
    case 'config_changed': {
      const verbs = new Set(things.map(verbOf));
      return `${verbs.size === 1 && first !== undefined ? verbOf(first) : 'Change'} ${things.length} configurations`;
    }
    case 'job_finished': {
      const outcomes = new Set(things.map(jobOutcome));
      return `${things.length} jobs ${outcomes.size === 1 ? jobOutcome(first) : 'finished'}`;
    }
    case 'storage_changed':
      return `${things.length} storage changes`;
    case 'branch_changed':
      return `${things.length} changes of the branch`;
  }
}

/** As many names as fit, and `…` for the rest. */
function fitting(names: readonly string[], room: number): string {
  let text = '';
  for (const [index, name] of names.entries()) {
    const more = text === '' ? name : `${text}, ${name}`;
    const rest = index === names.length - 1 ? '' : ', …';
    if (text !== '' && Array.from(more).length + rest.length > room) return `${text}, …`;
    text = more;
  }
  return text;
}
