import type { EntryChange } from './match-files.ts';

/** The most that one transaction takes over, unless changes that belong together are more. */
export interface StepSize {
  entries: number;
  /** Bytes of their files. */
  text: number;
}

/**
 * Cuts the changes of a reading into steps that are taken over one after another. Entries that hand a file over to each
 * other are in one step, so that each step leaves the database with a valid tree of files, from which a reading that
 * was lost can continue.
 */
export function cutIntoSteps(changes: readonly EntryChange[], size: StepSize): EntryChange[][] {
  const steps: EntryChange[][] = [];
  let step: EntryChange[] = [];
  let text = 0;
  for (const group of groupByFile(changes)) {
    const length = sizeOf(group);
    const isFull = step.length + group.length > size.entries || text + length > size.text;
    if (step.length > 0 && isFull) {
      steps.push(step);
      step = [];
      text = 0;
    }
    for (const change of group) step.push(change);
    text += length;
  }
  if (step.length > 0) steps.push(step);
  return steps;
}

/** Whether the changes are at most of this size. */
export function isWithin(changes: readonly EntryChange[], size: StepSize): boolean {
  if (changes.length > size.entries) return false;
  return sizeOf(changes) <= size.text;
}

function sizeOf(changes: readonly EntryChange[]): number {
  return changes.reduce((sum, { file }) => sum + (file?.size ?? 0), 0);
}

/** Groups entries that share a file (one had it before, another has it now), in linear time. */
function groupByFile(changes: readonly EntryChange[]): EntryChange[][] {
  const files = new JoinedFiles();
  for (const { path, before } of changes) files.join(before ?? path, path);
  const groups = new Map<string, EntryChange[]>();
  for (const change of changes) {
    const first = files.firstOf(change.path);
    const group = groups.get(first);
    if (group === undefined) groups.set(first, [change]);
    else group.push(change);
  }
  return [...groups.values()];
}

/** Files that are joined, directly or through others (a union-find forest). */
class JoinedFiles {
  readonly #parents = new Map<string, string>();

  join(one: string, other: string): void {
    this.#parents.set(this.firstOf(one), this.firstOf(other));
  }

  /** The file that represents all files joined with this one. */
  firstOf(file: string): string {
    let first = file;
    for (;;) {
      const parent = this.#parents.get(first) ?? first;
      if (parent === first) return first;
      const above = this.#parents.get(parent) ?? parent;
      // Each lookup halves the path for the next one.
      this.#parents.set(first, above);
      first = above;
    }
  }
}
