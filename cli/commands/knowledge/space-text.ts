import type { Answer } from '../../client/answers.ts';
import { facts, oneLine, table } from '../../client/layout.ts';

type Space = Answer<'GET /v1/spaces/:space'>;

/** Spaces, one per line. */
export function spacesTable(items: readonly Space[]): string {
  return table(
    ['id', 'state', 'waiting', 'conflicts', 'repository', 'root'],
    items.map(({ id, state, waitingSaves, openConflicts, repository, root }) => [
      id,
      state,
      String(waitingSaves),
      String(openConflicts),
      `${repository.url} ${repository.branch}`,
      root === '' ? '-' : root,
    ]),
    'No spaces. Add one with `gitward knowledge spaces add`.',
  );
}

/** A space's state and settings. */
export function spaceFacts(space: Space): string {
  const { repository, outage, problems, syncedCommit } = space;
  return [
    facts([
      ['space', space.id],
      ['name', space.name],
      ['state', space.state],
      ['repository', repository.url],
      ['branch', repository.branch],
      ['root', space.root === '' ? '(the repository)' : space.root],
      ['webhook', space.webhook?.scheme ?? 'none: the branch is checked every minute'],
      ['checks', space.checks === null ? null : `${space.checks.model} at ${space.checks.address}`],
      ['waiting', `${space.waitingSaves} save(s)`],
      ['conflicts', space.openConflicts],
      ['synced', space.lastSyncedAt],
      ['commit', syncedCommit],
      ['to accept', space.heldKinds],
      ['rules to accept', space.heldRules],
      ['failing since', outage?.since ?? null],
      ['why', outage === null ? null : `${outage.reason.message} (${outage.reason.code})`],
    ]),
    ...problems.first.map(({ path, message }) => oneLine(`! ${path}: ${message}`)),
    ...(problems.count > problems.first.length
      ? [`! and ${problems.count - problems.first.length} more`]
      : []),
  ].join('\n');
}
