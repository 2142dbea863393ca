import type { Save } from '../../../db/knowledge/saves.ts';
import { rebaseSaves, type Rebase, type RebaseInput } from './rebase-saves.ts';

/**
 * Remembers the last rebase of each entry. A merge may take a while, so what was merged before the space was locked is
 * not merged again under the lock, unless a save came in between.
 */
export class RebaseMemo {
  readonly #last = new Map<string, { key: string; rebase: Promise<Rebase<Save>> }>();

  /** See {@link rebaseSaves}. */
  rebase(entryId: string, input: RebaseInput<Save>): Promise<Rebase<Save>> {
    const { kind, from, onto, saves } = input;
    const texts = saves.map(({ id, currentText, moveTo }) => [id, currentText, moveTo]);
    const key = JSON.stringify([kind.name, from, onto, texts]);
    const last = this.#last.get(entryId);
    if (last?.key === key) return last.rebase;
    const rebase = rebaseSaves(input);
    this.#last.set(entryId, { key, rebase });
    return rebase;
  }
}
