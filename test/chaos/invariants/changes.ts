import type { Stage } from '../driver/stage.ts';
import type { ReportedChange } from '../ledger.ts';
import type { BranchHistory, HistoryCommit } from './branch-history.ts';
import { keyOf, readStoredChanges, type StoredChange } from './stored-changes.ts';

/**
 * Every accepted change is stored once, and in a commit of the branch that names its author; the changes of an object are
 * in order; and what a change wrote was added once.
 */
export async function changeProblems(
  { world: { db }, ledger }: Stage,
  history: BranchHistory,
): Promise<string[]> {
  const stored = await readStoredChanges(db);
  const problems: string[] = [];
  const lastOf = new Map<string, { version: number; commit: HistoryCommit }>();
  for (const change of ledger.changes) {
    const key = keyOf(change.event);
    const found = stored.get(key) ?? [];
    problems.push(...problemsOf(key, change, found, history));
    const commit = history.commits.get(found[0]?.commitSha ?? '');
    const version = found[0]?.version ?? null;
    if (commit === undefined || version === null || change.event.type !== 'config_changed')
      continue;
    const { componentId, configId } = change.event;
    const object = `${componentId}/${configId}`;
    const last = lastOf.get(object);
    if (last !== undefined && last.version < version && last.commit.position > commit.position)
      problems.push(`${key} is in a commit before that of version ${last.version}.`);
    lastOf.set(object, { version, commit });
  }
  return problems;
}

function problemsOf(
  key: string,
  { event, mark, answer, mayBeLost, mayBeNamedLater }: ReportedChange,
  stored: readonly StoredChange[],
  history: BranchHistory,
): string[] {
  const problems: string[] = [];
  const [first] = stored;
  if (stored.length > 1) problems.push(`${key} is stored ${stored.length} times.`);
  if (first === undefined && answer === 'accepted' && !mayBeLost)
    problems.push(`${key} was accepted, and is not stored.`);
  if (first !== undefined) {
    const named = history.commits.get(first.commitSha ?? '');
    // Where a later one may be named, its own commit is known by what it wrote.
    const own = history.added.get(mark ?? '')?.[0] ?? null;
    const commit = (mayBeNamedLater ? own : named) ?? null;
    const author = 'author' in event ? event.author : null;
    if (first.commitSha === null) problems.push(`${key} is in no commit.`);
    else if (named === undefined)
      problems.push(`${key} is in ${first.commitSha}, which is not in the branch.`);
    else if (commit !== null && typeof author === 'string' && !commit.authors.includes(author))
      problems.push(`${key} by ${author} is in ${commit.sha}, by ${commit.authors.join(', ')}.`);
  }
  const added = mark === null ? [] : (history.added.get(mark) ?? []);
  if (added.length > 1)
    problems.push(
      `"${mark}" was added ${added.length} times: ${added.map(({ sha }) => sha).join(', ')}.`,
    );
  return problems;
}
