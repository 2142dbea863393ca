import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listRemotesInUse } from '../../../db/diagnosis/remotes-in-use.ts';
import type { Db } from '../../../db/connect.ts';
import type { Sealer } from '../../../db/sealing.ts';
import { openRemote, type RepositoryPlace } from '../../../db/streams/open-remote.ts';
import { createGitDeliverer } from '../../../git/deliver/deliverer.ts';
import type { GitDeliverer } from '../../../git/types.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { createGitNetwork } from '../../../network/git-network.ts';
import { fails, ok, reasonOf, warning, type Check, type Found } from '../check.ts';
import type { Examined } from '../examined.ts';
import { databaseNotUsable } from './not-looked-at.ts';

/** More would take longer than anybody waits. */
const most = 40;
/** How long one may take, in milliseconds. */
const patience = 10_000;

/** Whether the repositories of mirrors and spaces answer to their stored credentials. */
export const repositoriesCheck: Check = {
  name: 'repositories',
  async look(examined, signal) {
    const db = await examined.usableDatabase();
    const { sealer } = examined;
    if (db === null || sealer === null)
      return [databaseNotUsable('Whether repositories can be reached')];
    const places = await listRemotesInUse(db, most + 1);
    if (places.length === 0) return [ok('No mirror and no space uses one.')];
    return withGit(examined, async (git) => {
      // Those with the same credential one after the other: a host that refuses it is not asked again.
      const groups = new Map<string | null, RepositoryPlace[]>();
      for (const place of places.slice(0, most))
        groups.set(place.credentialId, [...(groups.get(place.credentialId) ?? []), place]);
      const asked = await Promise.all(
        [...groups.values()].map((group) => askInTurn({ db, sealer, git, signal }, group)),
      );
      return [
        ...asked.flat(),
        ...(places.length > most
          ? [ok(`Only the first ${most} were asked; \`gitward status\` shows all.`)]
          : []),
      ];
    });
  },
};

/** Git with caches of its own, which are gone afterwards: the data directory is left alone. */
async function withGit<T>(
  { config, policy }: Examined,
  use: (git: GitDeliverer) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'gitward-doctor-'));
  const bundleFile = join(directory, 'certificates.pem');
  const network = await createGitNetwork({ settings: config.network, policy, bundleFile });
  const git = await createGitDeliverer({
    ...{ cacheDirectory: join(directory, 'git'), policy, network },
    memory: config.limits.gitMemory,
  });
  try {
    return await use(git);
  } finally {
    await git.close();
    await network.close();
    await rm(directory, { recursive: true, force: true });
  }
}

interface Asking {
  db: Db;
  sealer: Sealer;
  git: GitDeliverer;
  signal: AbortSignal;
}

async function askInTurn(asking: Asking, places: readonly RepositoryPlace[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const [at, place] of places.entries()) {
    const { finding, isRefused } = await ask(asking, place);
    found.push(finding);
    const left = places.length - at - 1;
    if (isRefused && left > 0)
      return [
        ...found,
        warning(
          `${left} more repositories with this credential were not asked, since hosts ban who asks too often.`,
          'Mend the credential, and look again.',
        ),
      ];
  }
  return found;
}

async function ask(
  { db, sealer, git, signal }: Asking,
  place: RepositoryPlace,
): Promise<{ finding: Found; isRefused: boolean }> {
  const { repositoryUrl, repositoryBranch } = place;
  try {
    const remote = await openRemote({ db, sealer }, place);
    const late = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    await git.askBranch(remote, { signal: late });
    return { finding: ok(`${repositoryUrl} (${repositoryBranch}) answers.`), isRefused: false };
  } catch (error) {
    const code = error instanceof StreamFailure ? error.code : null;
    const says = `${repositoryUrl} (${repositoryBranch}) cannot be read: ${reasonOf(error)}.`;
    return { finding: fails(says, mendOf(code)), isRefused: code === 'credential_refused' };
  }
}

function mendOf(code: string | null): string {
  if (code === 'credential_refused')
    return 'Give it a new token: `gitward credentials rotate NAME`.';
  if (code === 'credential_origin')
    return 'Say which host it is for: `gitward credentials rotate NAME --origin HOST`.';
  if (code === 'repository_not_found')
    return 'Give the mirror or the space the new address of the repository, or its account access to it.';
  if (code === 'address_refused')
    return 'Use an https: address that is public, or set GITWARD_ALLOW_PRIVATE_NETWORK=true if you accept the risk.';
  return 'Check whether this machine reaches the host (curl -I), and the table of failures in docs/operations.md.';
}
