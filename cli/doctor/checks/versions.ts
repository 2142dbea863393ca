import { usualSearchPath } from '../../../git/deliver/deliverer.ts';
import { requireGit } from '../../parts/prerequisites.ts';
import { readRequiredNode, readVersion } from '../../version.ts';
import { fails, ok, reasonOf, warning, type Check, type Found } from '../check.ts';

/** The versions of what runs on this machine: Gitward, Node and git. */
export const versionsCheck: Check = {
  name: 'versions',
  look: async ({ env }) => [
    ok(`This is Gitward ${readVersion()}.`),
    nodeVersion(process.versions.node),
    ...(await gitVersions(env.PATH)),
  ],
};

/** Whether this version of Node is one that Gitward runs on. */
export function nodeVersion(version: string, required = readRequiredNode()): Found {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = required.split('.').map(Number);
  const isNew = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return isNew
    ? ok(`Node is ${version}.`)
    : fails(`Node ${version} is too old.`, `Install Node ${required} or later.`);
}

/** A start looks for git in `PATH`; what is run afterwards is that of the usual places. */
async function gitVersions(path: string | undefined): Promise<Found[]> {
  const [started, used] = await Promise.allSettled([requireGit(path), requireGit(usualSearchPath)]);
  if (started.status === 'rejected')
    return [
      fails(
        `${reasonOf(started.reason)}.`,
        'Install git 2.37 or later, and check that PATH leads to that one (git --version).',
      ),
    ];
  if (used.status === 'rejected')
    return [
      fails(
        `${started.value} is found by PATH, but Gitward runs the git in ${usualSearchPath}, and there it is so: ${reasonOf(used.reason)}.`,
        'Install git 2.37 or later in one of these folders, or make a link there.',
      ),
    ];
  if (started.value !== used.value)
    return [
      warning(
        `PATH leads to ${started.value}, but Gitward runs ${used.value}, from ${usualSearchPath}.`,
        'Nothing has to be done; remove one of the two if that is not what you want.',
      ),
    ];
  return [ok(`git is ${started.value.replace(/^git version /, '')}.`)];
}
