import type { SourceLimits } from '../../model/platform/project.ts';
import { configKey, configurationOf } from '../../model/platform/object-key.ts';
import type {
  Configuration,
  PlatformBranch,
  PlatformProject,
} from '../../model/platform/project.ts';
import type { PlatformObjects } from '../platform.ts';

/** What is known of a project and a branch besides the branch's configurations and storage. */
export interface ConfigurationDetails {
  project: Omit<PlatformProject, 'branches'>;
  branch: Omit<PlatformBranch, 'configurations' | 'storage'>;
}

/** How configurations are treated as objects. Each platform adds what an outline of one is. */
export const configurationObjects: Pick<
  PlatformObjects<Configuration, ConfigurationDetails>,
  'keyOf' | 'nameOf' | 'objectOf' | 'versionOf' | 'writesAlike' | 'seesLess'
> = {
  keyOf: (branchId, { kind, id }) => configKey(branchId, kind, id),
  nameOf(key) {
    const [, , kind = '', id = ''] = key.split('/');
    return { kind, id };
  },
  objectOf: configurationOf,
  versionOf({ componentId, id, name, version, author, changedAt, changeDescription }) {
    return { kind: componentId, id, name, version, author, changedAt, changeDescription };
  },
  writesAlike: (a, b) => rulesOf(a) === rulesOf(b),
  seesLess: ({ project: before }, { project: now }) => lessSeen(before.limits, now.limits),
};

function lessSeen(
  before: SourceLimits = { someBuckets: false, components: null },
  now: SourceLimits = { someBuckets: false, components: null },
): string | null {
  if (now.someBuckets && !before.someBuckets)
    return "The project's token no longer sees all buckets.";
  const { components } = now;
  if (components === null) return null;
  const lost =
    before.components === null || before.components.some((id) => !components.includes(id));
  return lost ? "The project's token no longer sees all components." : null;
}

/**
 * What the files of configurations depend on in the list of components. The components' names are not part of
 * it.
 */
function rulesOf({ project }: ConfigurationDetails): string {
  return project.components
    .map(({ id, type, flags, defaultBucketStage }) =>
      JSON.stringify([id, type, flags, defaultBucketStage]),
    )
    .sort()
    .join();
}
