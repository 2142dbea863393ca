import { openCredential } from './credentials.ts';
import type { Db } from './connect.ts';
import type { Sealer } from './sealing.ts';
import type { SpaceRow } from './spaces.ts';

/** A space's branch with what opens it, as `git/` takes it; the credential is in clear: never log it, never answer it. */
export interface SpaceRemote {
  url: string;
  branch: string;
  credential: { username: string; password: string } | null;
}

/** Where a space's entries are. Throws `SealError` where the credential was sealed under another master key. */
export async function spaceRemote(
  db: Db,
  sealer: Sealer,
  row: Pick<SpaceRow, 'repository_url' | 'repository_branch' | 'credential_id'>,
): Promise<SpaceRemote> {
  const { repository_url: url, repository_branch: branch, credential_id: id } = row;
  const credential = id === null ? null : await openCredential(db, sealer, id);
  return { url, branch, credential };
}
