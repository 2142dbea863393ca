import type { Trx } from '../../../db/connect.ts';
import { insertConflict, type NewConflict } from '../../../db/knowledge/conflicts.ts';
import { markSaves } from '../../../db/knowledge/save-marks.ts';
import type { Save } from '../../../db/knowledge/saves.ts';
import { samePerson, type Person } from '../../../model/streams/author.ts';
import type { EntryDecision } from './decide-entry.ts';
import type { Rebase } from './rebase-saves.ts';

/**
 * Stores what was decided about entries' saves: the conflicts of those that clash, and what became of each. Returns how
 * many seconds ago each of those was accepted that are delivered now.
 */
export async function storeSaves(
  trx: Trx,
  spaceId: string,
  decisions: readonly EntryDecision[],
): Promise<number[]> {
  const rebases = decisions.flatMap(({ rebase }) => rebase ?? []);
  const clashes: { id: string; conflictId: string }[] = [];
  for (const decision of decisions) {
    const clash = decision.rebase?.clash ?? null;
    if (clash === null) continue;
    const conflictId = await insertConflict(trx, conflictOf(spaceId, decision, clash));
    clashes.push(...clash.saves.map(({ id }) => ({ id, conflictId })));
  }
  return markSaves(trx, {
    delivered: decisions.flatMap(({ delivered }) => delivered),
    changed: rebases.flatMap(({ waiting }) =>
      waiting.flatMap(({ save, text }) =>
        save.currentText === text ? [] : [{ id: save.id, text }],
      ),
    ),
    unneeded: rebases.flatMap(({ unneeded }) => unneeded.map(({ id }) => id)),
    clashes,
  });
}

function conflictOf(
  spaceId: string,
  { id, kind, path, last }: EntryDecision,
  clash: NonNullable<Rebase<Save>['clash']>,
): NewConflict {
  return {
    spaceId,
    entryId: id,
    kind: kind.name,
    path,
    baseText: clash.base,
    git: {
      text: clash.git,
      commit: last?.sha ?? null,
      author: last?.author ?? null,
      at: last?.at ?? null,
    },
    mine: {
      text: clash.mine,
      authors: distinct(clash.saves.map(({ person }) => person)),
      at: clash.saves.at(-1)?.createdAt ?? new Date(),
    },
  };
}

function distinct(persons: readonly Person[]): Person[] {
  return persons.filter(
    (person, index) => persons.findIndex((other) => samePerson(other, person)) === index,
  );
}
