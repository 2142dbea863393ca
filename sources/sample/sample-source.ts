import type { AppliedSampleChange } from '../../model/sample.ts';
import type { PlatformProject } from '../../model/project.ts';
import { inMemoryReads } from '../in-memory-reads.ts';
import type { Source } from '../source.ts';
import { sampleBranch, sampleProject } from './sample-project.ts';
import { sampleRows } from './sample-rows.ts';

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
    ...inMemoryReads(read),

    readSample(branchId, tableId, { signal, ...options }) {
      signal.throwIfAborted();
      return Promise.resolve(branchId === sampleBranch.id ? sampleRows(tableId, options) : null);
    },

    listJobs: () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: true, value: undefined }),
      }),
    }),
    readJob: () => Promise.resolve(null),
  };

  async function read(signal: AbortSignal): Promise<PlatformProject> {
    signal.throwIfAborted();
    const project = sampleProject(projectId, await listChanges());
    signal.throwIfAborted();
    return project;
  }
}
