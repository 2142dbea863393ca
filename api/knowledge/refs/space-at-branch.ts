import type { SpaceAccess } from '../spaces/space-access.ts';
import { textOfVersion } from '../history/text-of-version.ts';
import { branchFiles, type BranchFile } from './branch-files.ts';
import { kindsByName, notTooMany, spaceAtPosition, type EntryAt, type ReadDeps, type SpaceAt } from './space-at.ts'; // prettier-ignore

/**
 * The space as the newest commit of another branch has it, which the space's own branch does not have: what that branch shares with
 * the own one, with the files on top that differ. So it costs what the branches differ in. Throws like {@link branchFiles}.
 */
export async function spaceAtBranch(
  deps: ReadDeps,
  access: SpaceAccess,
  { branch, commit }: { branch: string; commit: string },
): Promise<SpaceAt> {
  const { row } = access;
  const { shared, files, at } = await branchFiles(deps, row, { branch, commit });
  const below = shared === null ? null : spaceAtPosition(deps, access, { commit: shared.sha, position: shared.position }); // prettier-ignore
  const known = kindsByName(access);

  async function read(id: string, { path, kind, blob }: BranchFile): Promise<EntryAt | null> {
    const readable = known(kind);
    if (readable === null) return null;
    const text = await textOfVersion(deps, row, blob, commit, branch);
    return { space: row.id, id, kind: readable, path, blob, text, at, commit };
  }

  return {
    commit,
    branch,
    async find(id) {
      const file = files.get(id);
      if (file === undefined) return (await below?.find(id)) ?? null;
      return file === null ? null : read(id, file);
    },
    async list(kind) {
      const listed = ((await below?.list(kind)) ?? []).filter(({ id }) => !files.has(id));
      for (const [id, file] of files) {
        const entry = file?.kind === kind ? await read(id, file) : null;
        if (entry !== null) listed.push(entry);
      }
      return notTooMany(kind, listed).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
}
