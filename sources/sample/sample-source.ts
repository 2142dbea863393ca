import type { AppliedSampleChange } from '../../model/sample.ts';
import type { Source } from '../source.ts';
import { sampleBranch, sampleProject } from './sample-project.ts';

/** What the sample source needs. */
export interface SampleSourceOptions {
  projectId: string;
  /** What the project was told to change, in order. */
  listChanges: () => Promise<readonly AppliedSampleChange[]>;
}

/** A small project that is built in and can be told to change, read like any other. */
export function createSampleSource({ projectId, listChanges }: SampleSourceOptions): Source {
  return {
    verify({ signal }) {
      signal.throwIfAborted();
      return Promise.resolve({ projectId, projectName: 'Sample shop' });
    },
    listBranches({ signal }) {
      signal.throwIfAborted();
      return Promise.resolve([{ ...sampleBranch }]);
    },
    async readProject(branchIds, { signal, storage = true }) {
      signal.throwIfAborted();
      const project = sampleProject(projectId, await listChanges());
      signal.throwIfAborted();
      const branches = project.branches
        .filter(({ id }) => branchIds.includes(id))
        .map((branch) => (storage ? branch : { ...branch, storage: null }));
      return { ...project, branches };
    },
  };
}
