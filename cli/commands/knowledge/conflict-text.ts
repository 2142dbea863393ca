import type { Answer, Item } from '../../client/answers.ts';
import { facts, manyLines, oneLine, table } from '../../client/layout.ts';

type ConflictItem = Item<'GET /v1/spaces/:space/conflicts'>;
type Conflict = Answer<'GET /v1/spaces/:space/conflicts/:conflict'>;

/** Conflicts, one per line. */
export function conflictsTable(items: readonly ConflictItem[]): string {
  return table(
    ['conflict', 'cause', 'entry', 'kind', 'since', 'mine', 'git'],
    items.map(({ id, cause, entryId, kind, createdAt, mine, git }) => [
      id,
      cause,
      entryId,
      kind,
      createdAt,
      mine.by,
      git.by ?? '-',
    ]),
    'No open conflicts.',
  );
}

/** One conflict, part by part. */
export function conflictText(conflict: Conflict): string {
  const { id, cause, entryId, path, createdAt, mine, git, settled, parts } = conflict;
  return [
    facts([
      ['conflict', id],
      ['cause', causes[cause]],
      ['entry', entryId],
      ['path', path],
      ['since', createdAt],
      ['mine', mine.by],
      ['git', git.by],
      ['commit', git.commit],
      ['settled', settled && `${settled.how}, by ${settled.by}, at ${settled.at}`],
    ]),
    ...parts.flatMap((part) => [
      '',
      oneLine(part.id),
      sideText('before', part.base),
      sideText('git', part.git),
      sideText('mine', part.mine),
    ]),
    '',
    parts.length === 0
      ? 'Nothing clashes any more: settle it with --take git or --take mine.'
      : "Settle it with --take git or --take mine; for single parts, add --part 'PART=git', --part 'PART=mine' or --value 'PART=…'.",
  ].join('\n');
}

const causes: Record<Conflict['cause'], string> = {
  clash: 'a save and a commit changed the same thing',
  lost: 'the branch was rewritten without it; mine is with what was dropped, git without',
};

function sideText(name: string, value: unknown): string {
  const text = typeof value === 'string' ? manyLines(value) : JSON.stringify(value);
  return `  ${name.padEnd(6)}  ${text.replace(/\n$/, '').replaceAll('\n', `\n${' '.repeat(10)}`)}`;
}
