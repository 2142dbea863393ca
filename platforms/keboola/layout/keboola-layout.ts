import type { Configuration, PlatformProject } from '../../../model/platform/project.ts';
import type { RenderedFile } from '../../../model/platform/tree.ts';
import type { ConfigurationDetails } from '../../configurations/configuration-objects.ts';
import type { EndedBranch, LaidOutBranch, PlatformLayout } from '../../platform.ts';
import { keboolaReading } from '../reading/keboola-reading.ts';
import { directoriesOf } from './directories-of.ts';
import { affectedBy } from './outline.ts';
import { isSameStorage } from './storage/metadata/is-same-storage.ts';
import { placeProject, renderProject, writeProject } from './render-project.ts';

const root = 'configs';

/**
 * Writes a project of configurations as the Keboola CLI does, and next to that what the CLI does not write.
 */
export const keboolaLayout: PlatformLayout<Configuration, ConfigurationDetails> = {
  ownedFolders: [root, 'unlinked', 'storage', 'jobs', 'ai'],
  summaries: {
    kinds: ['lineage', 'guide', 'catalog', 'table-catalog'],
    folders: ['ai', 'storage/lineage', `${root}/.keboola`],
  },
  storageKinds: ['bucket', 'table'],
  leftOut: {
    folder: 'unlinked',
    title: "Kept in unlinked/, since the Keboola CLI's layout leaves it out:",
  },
  givenPaths: directoriesOf,
  place(branch, options) {
    const placed = placeProject(projectOf(branch), {
      root,
      allowedBranches: allowedBranches(branch),
      ...options,
    });
    return { paths: placed.paths, write: (writing) => writeProject(placed, writing) };
  },
  isSameStorage,
  affectedBy,
  endedGuide,
  reading: keboolaReading,
};

function endedGuide({
  projectId,
  branchId,
  last,
  givenPaths,
  findings,
  policy: { secrets, branchPath, storage, jobs, samples },
  hasSamples,
  ended,
}: EndedBranch<Configuration, ConfigurationDetails>): RenderedFile | null {
  const { files } = renderProject(last ? projectOf(last) : unknownProject(projectId, branchId), {
    root,
    allowedBranches: [branchId],
    secrets,
    branchPath,
    storage,
    parts: { jobs, samples: hasSamples ? samples : null },
    ended,
    // Nothing else is written, because nothing was read.
    only: new Set(),
    givenPaths,
    findings,
  });
  return files.get('ai/README.md') ?? null;
}

function allowedBranches({ facts: { branch } }: LaidOutBranch): string[] {
  return [branch.isDefault ? '__main__' : branch.id];
}

function projectOf({
  facts: {
    details: { project, branch },
  },
  storage,
  objects,
}: LaidOutBranch<Configuration, ConfigurationDetails>): PlatformProject {
  return { ...project, branches: [{ ...branch, storage, configurations: [...objects] }] };
}

function unknownProject(projectId: string, branchId: string): PlatformProject {
  return {
    id: projectId,
    apiHost: '',
    backends: [],
    features: [],
    defaultBranchId: '',
    components: [],
    branches: [
      {
        id: branchId,
        name: branchId,
        isDefault: false,
        description: '',
        metadata: [],
        configurations: [],
        storage: null,
      },
    ],
  };
}
