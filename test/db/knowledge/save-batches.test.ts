import { expect, it } from 'vitest';
import { groupIntoBatches, type SaveHead } from '../../../db/knowledge/save-batches.ts';

const eva = { name: 'Eva', email: 'eva@example.com' };
const jan = { name: 'Jan', email: 'jan@example.com' };

let sequence = 0;
function save(person: typeof eva, entry: string, changeSetId: string | null = null): SaveHead {
  sequence += 1;
  return {
    id: `${entry}-${sequence}`,
    sequence,
    entryId: entry,
    kind: 'skill',
    action: 'edit',
    person,
    message: null,
    createdAt: new Date(),
    via: 'api',
    changeSetId,
  };
}

function gathered(...saves: SaveHead[]): string[] {
  return groupIntoBatches(saves).map(
    (batch) => `${batch.person.name}: ${batch.saves.map(({ entryId: entry }) => entry).join(' ')}`,
  );
}

it('saves make one commit per person, even if others save in between', () => {
  expect(gathered(save(eva, 'a'), save(jan, 'b'), save(eva, 'c'), save(eva, 'a'))).toEqual([
    'Eva: a c a',
    'Jan: b',
  ]);
});

it('saves of the same entry keep their order', () => {
  expect(gathered(save(eva, 'a'), save(jan, 'a'), save(eva, 'a'), save(jan, 'b'))).toEqual([
    'Eva: a',
    'Jan: a b',
    'Eva: a',
  ]);
});

it('what is published together is one commit, without saves from before and after', () => {
  expect(
    gathered(
      save(eva, 'a'),
      save(eva, 'a', 'set'),
      save(eva, 'b', 'set'),
      save(eva, 'c'),
      save(eva, 'd', 'other set'),
    ),
  ).toEqual(['Eva: a c', 'Eva: a b', 'Eva: d']);
});
