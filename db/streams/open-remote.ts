import type { Db } from '../connect.ts';
import type { Sealer } from '../sealing.ts';
import { openCredential } from './credentials.ts';

/** Where a stream's commits go, as its row has it. */
export interface RepositoryPlace {
  repositoryUrl: string;
  repositoryBranch: string;
  credentialId: string | null;
}

/** A branch of a repository, and what opens it: what git takes as a remote. */
export interface OpenedRemote {
  url: string;
  branch: string;
  /** In clear: never log it, never answer it. */
  credential: { username: string; password: string } | null;
}

/** The remote of a stream, with its secret opened. Throws `SealError` where it was sealed under another master key. */
export async function openRemote(
  { db, sealer }: { db: Db; sealer: Sealer },
  { repositoryUrl: url, repositoryBranch: branch, credentialId: id }: RepositoryPlace,
): Promise<OpenedRemote> {
  return { url, branch, credential: id === null ? null : await openCredential(db, sealer, id) };
}
