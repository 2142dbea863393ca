import type { Db } from '../connect.ts';
import type { Sealer } from '../sealing.ts';
import { openCredential } from './credentials.ts';

/** The place of a stream's commits, from its row. */
export interface RepositoryPlace {
  repositoryUrl: string;
  repositoryBranch: string;
  credentialId: string | null;
}

/** A branch of a repository with its credential: what git uses as a remote. */
export interface OpenedRemote {
  url: string;
  branch: string;
  /** In plain text: never log or return it. */
  credential: { username: string; password: string } | null;
  /** The private SSH key that signs commits, in plain text: never log or return it. */
  signingKey: string | null;
}

/**
 * Opens the remote of a stream and its secret: every use of a credential begins here. Throws like
 * {@link openCredential}.
 */
export async function openRemote(
  { db, sealer }: { db: Db; sealer: Sealer },
  { repositoryUrl: url, repositoryBranch: branch, credentialId: id }: RepositoryPlace,
): Promise<OpenedRemote> {
  const opened = id === null ? null : await openCredential(db, sealer, id, url);
  if (opened === null) return { url, branch, credential: null, signingKey: null };
  const { signingKey, ...credential } = opened;
  return { url, branch, credential, signingKey };
}
