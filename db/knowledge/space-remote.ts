import type { Db } from '../connect.ts';
import { openCredential } from '../streams/credentials.ts';
import type { Sealer } from '../sealing.ts';
import type { Space } from './spaces.ts';

/** Where a space's branch is, and what opens it: what git takes as a remote. */
export interface SpaceRemote {
  url: string;
  branch: string;
  /** In clear: never log it, never answer it. */
  credential: { username: string; password: string } | null;
}

/** The remote of a space, with its secret opened. Throws `SealError` where it was sealed under another master key. */
export async function spaceRemote(
  db: Db,
  sealer: Sealer,
  row: Pick<Space, 'repositoryUrl' | 'repositoryBranch' | 'credentialId'>,
): Promise<SpaceRemote> {
  const { repositoryUrl: url, repositoryBranch: branch, credentialId: id } = row;
  return { url, branch, credential: id === null ? null : await openCredential(db, sealer, id) };
}
