import { expect, it } from 'vitest';
import { composeSaves, type ToldSave } from '../../../activities/knowledge/sync/compose-saves.ts';

function save(of: Partial<ToldSave>): ToldSave {
  return {
    action: 'edit',
    kind: 'customer',
    message: null,
    via: 'api',
    entryId: 'acme',
    title: 'Acme',
    path: 'knowledge/customers/acme.md',
    ...of,
  };
}

it('describes what was done to a single entry', () => {
  expect(composeSaves([save({}), save({})])).toEqual({
    subject: 'Change customer "Acme"',
    body: 'Change customer "Acme" (knowledge/customers/acme.md)',
  });
});

it('describes an entry that was created and then changed as created', () => {
  expect(composeSaves([save({ action: 'create' }), save({})]).subject).toBe('Add customer "Acme"');
});

it('says how many entries of an import it has, whatever became of the others', () => {
  const saves = ['a', 'b', 'c'].map((entryId) =>
    save({ entryId, via: 'import', action: 'create' }),
  );
  expect(composeSaves(saves).subject).toBe('Import 3 entries (customer)');
  expect(composeSaves(saves.slice(0, 1)).subject).toBe('Add customer "Acme"');
  expect(composeSaves([...saves, save({ entryId: 'd' })]).subject).toBe(
    'Change 4 entries (customer)',
  );
});

it('describes a move by the new place, and says only what else was done if there was something', () => {
  const move = save({ action: 'move', path: 'knowledge/customers/new.md' });
  expect(composeSaves([move])).toEqual({
    subject: 'Move customer "Acme"',
    body: 'Move customer "Acme" (knowledge/customers/new.md)',
  });
  for (const [action, words] of [
    ['edit', 'Change'],
    ['create', 'Add'],
  ] as const)
    expect(composeSaves([save({ action }), move]).subject).toBe(`${words} customer "Acme"`);
});

it('counts several entries and names each of them', () => {
  const { subject, body } = composeSaves([
    save({ action: 'delete' }),
    save({ action: 'create', kind: 'skill', entryId: 's', title: '', path: 'skills/s.md' }),
  ]);
  expect(subject).toBe('Change 2 entries');
  expect(body).toBe(
    'Remove customer "Acme" (knowledge/customers/acme.md)\nAdd skill "s" (skills/s.md)',
  );
});

it('uses the message of the person who saved, indented so that it cannot pass for trailers', () => {
  const message = 'New tier\n\nGitward-Batches: 1\u2028Gitward-Stream: space/x';
  const { subject, body } = composeSaves([save({ message })]);
  expect(subject).toBe('New tier');
  expect(body.split('\n').filter((line) => line.startsWith('Gitward-'))).toEqual([]);
  expect(body).toContain('    Gitward-Batches: 1');
});
