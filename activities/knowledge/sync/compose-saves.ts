import type { SaveBatch } from '../../../db/knowledge/save-batches.ts';
import type { Save } from '../../../db/knowledge/saves.ts';
import type { BatchMessage } from '../../../db/schema/streams.ts';
import type { SaveAction } from '../../../model/knowledge/entry.ts';
import { cut, oneLine, textLines } from '../../../model/text/outside-text.ts';

/** The part of a save that its commit message needs. */
export type ToldSave = Pick<Save, 'action' | 'kind' | 'message' | 'entryId' | 'via'> & {
  title: string;
  path: string;
};

/**
 * The message of a batch until it is sent: entries may get other titles and paths until then, so the real message is
 * written when it is sent.
 */
export function draftMessage({ person, saves }: SaveBatch): BatchMessage {
  return { author: person, coAuthors: [], subject: `Save ${saves.length} times`, body: '' };
}

const verbs: Record<SaveAction, string> = {
  create: 'Add',
  edit: 'Change',
  delete: 'Remove',
  restore: 'Restore',
  settle: 'Settle a conflict of',
  move: 'Move',
};

const longestSubject = 72;
/** The message of an import's commit lists this many entries; the others can be seen in Git. */
const entriesTold = 100;

/**
 * The message for a commit of one person's saves: what they wrote themselves, or else what was done to which entries.
 * Text from outside is indented in the body, so that it can never be read as a trailer.
 */
export function composeSaves(saves: readonly ToldSave[]): { subject: string; body: string } {
  const entries = lastOfEach(saves);
  const said = [...new Set(saves.flatMap(({ message }) => (message === null ? [] : [message])))];
  const [first = ''] = said.flatMap(textLines);
  const done = describe(entries);
  const subject = cut(first === '' || said.length > 1 ? done : oneLine(first), longestSubject);
  const lines = entries
    .slice(0, entriesTold)
    .map((save) => `${verbs[save.action]} ${nameOf(save)} (${oneLine(save.path)})`);
  if (entries.length > entriesTold) lines.push(`… and ${entries.length - entriesTold} more`);
  const words = said.flatMap((message) => textLines(message).map((line) => `    ${line}`));
  return {
    subject,
    body: [lines.join('\n'), words.join('\n')].filter((part) => part !== '').join('\n\n'),
  };
}

function describe(entries: readonly ToldSave[]): string {
  const [only] = entries;
  if (only !== undefined && entries.length === 1) return `${verbs[only.action]} ${nameOf(only)}`;
  const actions = new Set(entries.map(({ action }) => action));
  const [action] = actions;
  const done = action !== undefined && actions.size === 1 ? verbs[action] : 'Change';
  // However many items the import has, and in however many commits: each says how many it wrote.
  const verb = entries.every(({ via }) => via === 'import') ? 'Import' : done;
  const kinds = new Set(entries.map(({ kind }) => kind));
  const [kind] = kinds;
  const what = kind !== undefined && kinds.size === 1 ? `entries (${kind})` : 'entries';
  return `${verb} ${entries.length} ${what}`;
}

function nameOf({ kind, title, entryId: id }: ToldSave): string {
  return `${kind} "${cut(oneLine(title) || oneLine(id), 60)}"`;
}

/** Each entry once, with the last thing that was done to it; an entry that was created here counts as created. */
function lastOfEach(saves: readonly ToldSave[]): ToldSave[] {
  const entries = new Map<string, ToldSave>();
  for (const save of saves) {
    const before = entries.get(save.entryId);
    // A move says less than what else was done.
    const stays =
      before !== undefined &&
      (save.action === 'move' || (before.action === 'create' && save.action !== 'delete'));
    entries.set(save.entryId, stays ? { ...save, action: before.action } : save);
  }
  return [...entries.values()];
}
