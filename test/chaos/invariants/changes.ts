import type { Event } from '../../../platforms/events/event-schema.ts';
import type { Stage } from '../driver/stage.ts';
import { mirrorKey } from '../driver/stage.ts';
import type { ReportedChange } from '../ledger.ts';
import type { BranchHistory, HistoryCommit } from './branch-history.ts';

/** A change as the database has it. */
interface StoredChange {
  version: number | null;
  commitSha: string | null;
}

/**
 * Every accepted change is stored once, and in a commit of the branch that names its author; the changes of an object are
 * in order; and what a change wrote was added once.
 */
export async function changeProblems(
  { world: { db }, ledger }: Stage,
  history: BranchHistory,
): Promise<string[]> {
  const rows = await db
    .selectFrom('changeEvents')
    .select(['type', 'componentId', 'versionIdentifier', 'occurredAt', 'version', 'commitSha'])
    .where('projectId', '=', mirrorKey.projectId)
    .execute();
  const byKey = new Map<string, StoredChange[]>();
  for (const row of rows) {
    const key = `${row.type} ${row.componentId} ${row.versionIdentifier} ${row.occurredAt.toISOString()}`;
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const problems: string[] = [];
  const lastOf = new Map<string, { version: number; commit: HistoryCommit }>();
  for (const change of ledger.changes) {
    const key = keyOf(change.event);
    const found = byKey.get(key) ?? [];
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
  { event, mark, answer, mayBeLost, wasRestored }: ReportedChange,
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
    // After a restore, its own commit is known by what it wrote.
    const own = history.added.get(mark ?? '')?.[0] ?? null;
    const commit = (wasRestored ? own : named) ?? null;
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

function keyOf(event: Event): string {
  if (event.type === 'job_finished') throw new Error('Nobody runs jobs here.');
  const [component, identifier] =
    event.type === 'config_changed'
      ? [event.componentId, `${event.configId}@${event.newVersion}`]
      : ['', event.eventId];
  return `${event.type} ${component} ${identifier} ${new Date(event.committedAt).toISOString()}`;
}
