import type { EntryChange } from './match-files.ts';

/** How much one transaction takes over at most, unless what belongs together is more. */
export interface StepSize {
  entries: number;
  /** Characters of their texts. */
  text: number;
}

/**
 * Cuts the changes of a reading into steps that are taken over one after the other. Entries that leave a file to each
 * other are in one step: so each step leaves the database as some tree of files, from which a lost reading can go on.
 */
export function cutIntoSteps(changes: readonly EntryChange[], size: StepSize): EntryChange[][] {
  const steps: EntryChange[][] = [];
  let step: EntryChange[] = [];
  let text = 0;
  for (const group of groupByFile(changes)) {
    const length = group.reduce((sum, change) => sum + textLength(change), 0);
    const isFull = step.length + group.length > size.entries || text + length > size.text;
    if (step.length > 0 && isFull) {
      steps.push(step);
      step = [];
      text = 0;
    }
    step.push(...group);
    text += length;
  }
  if (step.length > 0) steps.push(step);
  return steps;
}

function textLength({ git }: EntryChange): number {
  return git?.content.text?.length ?? 0;
}

/** Entries that share a file, which one of them had and another has now, are one group. */
function groupByFile(changes: readonly EntryChange[]): EntryChange[][] {
  const groups = new Map<string, EntryChange[]>();
  for (const change of changes) {
    const files = [change.before ?? change.path, change.path];
    const joined = new Set(files.flatMap((file) => groups.get(file) ?? []));
    const group = [...joined, change];
    for (const { path, before } of group) {
      groups.set(path, group);
      if (before !== null) groups.set(before, group);
    }
  }
  return [...new Set(groups.values())];
}
