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
  /** What the project was told to change, in order. */
  listChanges: () => Promise<readonly AppliedSampleChange[]>;
  /** The time, which decides which runs of jobs are over; the system's unless told. */
  now?: () => Date;
}

/** A small project that is built in and can be told to change, read like any other. */
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

    // eslint-disable-next-line @typescript-eslint/require-await -- others ask over a network
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

/** Jobs run in the default branch alone. */
function isDefault(branchId: string): boolean {
  return sampleBranches.some(({ id, isDefault }) => isDefault && id === branchId);
}
