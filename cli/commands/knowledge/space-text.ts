import { facts, oneLine, table } from '../../client/layout.ts';

/** A space, as the API returns it. */
export interface SpaceItem {
  id: string;
  name: string;
  repository: { url: string; branch: string; credentialId: string | null };
  root: string;
  state: string;
  waitingSaves: number;
  openConflicts: number;
  lastSyncedAt: string | null;
  syncedCommit?: string | null;
  webhook: { scheme: string } | null;
  problems?: { path: string; message: string }[];
  outage?: { since: string; reason: { code: string; message: string } } | null;
}

/** Spaces, one per line. */
export function spacesTable(items: readonly SpaceItem[]): string {
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
export function spaceFacts(space: SpaceItem): string {
  const { repository, outage = null, problems = [], syncedCommit = null } = space;
  return [
    facts([
      ['space', space.id],
      ['name', space.name],
      ['state', space.state],
      ['repository', repository.url],
      ['branch', repository.branch],
      ['root', space.root === '' ? '(the repository)' : space.root],
      ['webhook', space.webhook?.scheme ?? 'none: the branch is checked every minute'],
      ['waiting', `${space.waitingSaves} save(s)`],
      ['conflicts', space.openConflicts],
      ['synced', space.lastSyncedAt],
      ['commit', syncedCommit],
      ['failing since', outage?.since ?? null],
      ['why', outage === null ? null : `${outage.reason.message} (${outage.reason.code})`],
    ]),
    ...problems.map(({ path, message }) => oneLine(`! ${path}: ${message}`)),
  ].join('\n');
}
