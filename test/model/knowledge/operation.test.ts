import { expect, test } from 'vitest';
import { stagesOf } from '../../../model/knowledge/operation.ts';

test.each([
  ['import', false, ['items', 'sent']],
  // Waiting saves are sent before anything is compared with the branch.
  ['export', false, ['settled', 'items', 'sent']],
  ['sync', false, ['reread']],
  ['import', true, ['items']],
  ['export', true, ['items']],
  ['sync', true, ['items']],
] as const)(
  'an operation of type %s (dry run: %s) goes through the stages %j',
  (type, dryRun, stages) => {
    expect(stagesOf({ type, dryRun })).toEqual(stages);
  },
);
