import type { AppliedSampleChange } from '../../model/platform/sample-change.ts';
import type { PlatformProject } from '../../model/platform/project.ts';
import { inMemoryReads } from '../configurations/in-memory-reads.ts';
import type { ConfigurationSource } from '../configurations/configuration-source.ts';
import { sampleJob, sampleJobs } from './sample-jobs.ts';
import { sampleBranches, sampleProject } from './sample-project.ts';
import { sampleRows } from './sample-rows.ts';

/** What the sample source needs. */
export interface SampleSourceOptions {
  projectId: string;
  /** The changes that were requested for the project, in order. */
  listChanges: () => Promise<readonly AppliedSampleChange[]>;
  /** The current time, which decides which runs of jobs have finished. Defaults to the system's. */
  now?: () => Date;
}

/** Opens a small built-in project that can be changed on request and is read like any other. */
export function createSampleSource({
  projectId,
  listChanges,
  now = () => new Date(),
}: SampleSourceOptions): ConfigurationSource {
  return {
    verify({ signal }) {
      signal.throwIfAborted();
      return Promise.resolve({ projectId, projectName: 'Sample shop' });
    },
    listBranches({ signal }) {
      signal.throwIfAborted();
      return Promise.resolve(sampleBranches.map((branch) => ({ ...branch })));
    },
    ...inMemoryReads(read),

    readSample(branchId, tableId, { signal, ...options }) {
      signal.throwIfAborted();
      return Promise.resolve(
        sampleBranches.some(({ id }) => id === branchId) ? sampleRows(tableId, options) : null,
      );
    },

    // eslint-disable-next-line @typescript-eslint/require-await -- other sources read over a network
    async *listJobs(branchId, { since, signal }) {
      signal.throwIfAborted();
      if (isDefault(branchId)) yield sampleJobs(new Date(since), now());
    },

    readJob(branchId, runId, { signal }) {
      signal.throwIfAborted();
      return Promise.resolve(isDefault(branchId) ? sampleJob(runId, now()) : null);
    },
  };

  async function read(signal: AbortSignal): Promise<PlatformProject> {
    signal.throwIfAborted();
    const project = sampleProject(projectId, await listChanges());
    signal.throwIfAborted();
    return project;
  }
}

/** Jobs run only in the default branch. */
function isDefault(branchId: string): boolean {
  return sampleBranches.some(({ id, isDefault }) => isDefault && id === branchId);
}
