import { join } from 'node:path';
import {
  checkRepository,
  checkVisibility,
  currentVisibility,
  previewChange,
  previewMirror,
} from '../../activities/index.ts';
import type {
  CheckRepository,
  CheckSpaceVisibility,
  CheckVisibility,
  PreviewChange,
  PreviewMirror,
} from '../../api/http/ports.ts';
import { Snapshots } from '../../activities/mirror/window/snapshots.ts';
import { readInstallationId } from '../../db/streams/installation.ts';
import { openRemote } from '../../db/streams/open-remote.ts';
import { findMirror } from '../../db/mirror/mirrors.ts';
import { findSpace } from '../../db/knowledge/spaces.ts';
import type { GitClones, GitTextTools } from '../../git/clones/clone-types.ts';
import { createGitClones } from '../../git/clones/clones.ts';
import { createGitDeliverer } from '../../git/deliver/deliverer.ts';
import { createGitTextTools, removeLeftTexts } from '../../git/clones/text-tools.ts';
import type { GitDeliverer } from '../../git/types.ts';
import { createGitNetwork } from '../../network/git-network.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import type { Core } from './compose.ts';
import { watchDisk } from './disk-part.ts';
import type { Running } from '../running/running.ts';

/** The Git side: deliveries, copies for reading, and the checks before a mirror is enabled. */
export interface GitPart {
  git: GitDeliverer;
  clones: GitClones;
  texts: GitTextTools;
  previewMirror: PreviewMirror;
  previewChange: PreviewChange;
  checkRepository: CheckRepository;
  checkVisibility: CheckVisibility;
  checkSpaceVisibility: CheckSpaceVisibility;
}

/** Builds the Git side with its caches in the data directory, and adds it to `running`. */
export async function composeGit(core: Core, running: Running): Promise<GitPart> {
  const { limits, dataDir } = core.config;
  const network = await createGitNetwork({
    settings: core.config.network,
    policy: core.policy,
    bundleFile: join(dataDir, 'certificates.pem'),
  });
  running.add({ name: "Git's way through the proxy", stop: () => network.close() });
  const git = await createGitDeliverer({
    cacheDirectory: join(dataDir, 'git-cache'),
    policy: core.policy,
    network,
    disk: limits.clones.disk,
    memory: limits.gitMemory,
    room: core.disk,
    logger: core.logger.child({ part: 'git' }),
  });
  running.add({ name: 'The Git caches', stop: () => git.close() });
  const clones = await createGitClones({
    cacheDirectory: join(dataDir, 'git-clones'),
    policy: core.policy,
    network,
    limits: limits.clones,
    memory: limits.gitMemory,
    room: core.disk,
    logger: core.logger.child({ part: 'git' }),
  });
  running.add({ name: 'The Git clones', stop: () => clones.close() });
  await removeLeftTexts(join(dataDir, 'git-texts'));
  running.add(watchDisk(core));
  const snapshots = new Snapshots(core.db, core.sealer);
  return {
    git,
    clones,
    texts: createGitTextTools({ directory: join(dataDir, 'git-texts') }),
    async previewMirror(request, options) {
      const installationId = await readInstallationId(core.db);
      return previewMirror({ ...core, git, installationId }, request, options);
    },
    previewChange: (request, options) =>
      previewChange({ ...core, git, snapshots }, request, options),
    async checkRepository({ url, branch, credential }, options) {
      const remote =
        credential !== null && 'id' in credential
          ? await openRemote(core, {
              repositoryUrl: url,
              repositoryBranch: branch,
              credentialId: credential.id,
            })
          : { url, branch, credential };
      return checkRepository({ ...core, git }, remote, options);
    },
    async checkVisibility(key, options) {
      const row = await findMirror(core.db, key);
      if (row === null) return;
      await checkVisibility({ ...core, git }, { ...row, stream: mirrorStream(key) }, options);
    },
    async checkSpaceVisibility(spaceId, options) {
      const row = await findSpace(core.db, spaceId);
      if (row === null) return { result: 'unknown', reason: `There is no space ${spaceId}.` };
      const repository = { ...row, stream: spaceStream(spaceId) };
      return currentVisibility({ ...core, git }, repository, options);
    },
  };
}
