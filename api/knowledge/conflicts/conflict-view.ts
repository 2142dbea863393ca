import type { Static } from '@fastify/type-provider-typebox';
import type { ListedConflict } from '../../../db/knowledge/conflicts.ts';
import { mergeEntries } from '../../../knowledge/merge/merge-entries.ts';
import type { Settlement } from '../../../model/knowledge/conflict.ts';
import type { ConflictItem, ConflictView } from './conflict-schema.ts';
import type { OpenedConflict } from './open-conflict.ts';

/** A conflict as lists show it. */
export function conflictItem(row: ListedConflict): Static<typeof ConflictItem> {
  const { settled } = row;
  return {
    id: row.id,
    entryId: row.entryId,
    kind: row.kind,
    path: row.path,
    cause: row.cause,
    createdAt: row.createdAt.toISOString(),
    mine: {
      by: row.mineAuthors.map(({ name }) => name).join(', '),
      at: row.mineAt.toISOString(),
    },
    git: {
      by: row.gitAuthor,
      at: row.gitAt?.toISOString() ?? null,
      commit: row.gitCommit,
    },
    settled: settled && {
      how: howOf(settled.settlement),
      by: settled.by,
      at: settled.at,
      saveId: settled.saveId,
    },
  };
}

/** A conflict with its parts, computed from the two sides as they are now. */
export async function openedView({
  row,
  entry,
  input,
}: OpenedConflict): Promise<Static<typeof ConflictView>> {
  const merged = await mergeEntries(input);
  const { base, git, mine } = input;
  return {
    ...conflictItem(row),
    path: entry?.path ?? row.path,
    blob: entry?.headBlob ?? null,
    parts: merged.kind === 'conflict' ? merged.parts : [],
    texts: { base, git, mine },
  };
}

function howOf(settlement: Settlement): 'git' | 'mine' | 'parts' | 'text' {
  if ('take' in settlement) return settlement.take;
  return 'parts' in settlement ? 'parts' : 'text';
}
