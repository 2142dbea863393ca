import type { AppliedSampleChange } from '../../model/sample.ts';
import type { PlatformProject } from '../../model/project.ts';
import type { ConfigurationName, Source } from '../source.ts';
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
    async readProject(branchIds, { signal, storage = true }) {
      const project = await read(signal);
      const branches = project.branches
        .filter(({ id }) => branchIds.includes(id))
        .map((branch) => (storage ? branch : { ...branch, storage: null }));
      return { ...project, branches };
    },

    async readBranch(branchId, { signal, storage = true }) {
      const { branches, ...project } = await read(signal);
      const found = branches.find(({ id }) => id === branchId);
      if (found === undefined) return null;
      const { configurations, ...branch } = found;
      return {
        project,
        branch: storage ? branch : { ...branch, storage: null },
        configurations: {
          length: configurations.length,
          at(index) {
            const config = configurations[index];
            if (config === undefined) throw new RangeError(`There is no configuration ${index}.`);
            return config;
          },
        },
      };
    },

    async readConfigurations(branchId, names, { signal }) {
      const { branches } = await read(signal);
      const there = branches.find(({ id }) => id === branchId)?.configurations ?? [];
      const find = ({ componentId, configId }: ConfigurationName) =>
        there.find((config) => config.componentId === componentId && config.id === configId);
      return {
        found: names.flatMap((name) => find(name) ?? []),
        gone: names.filter((name) => find(name) === undefined),
      };
    },

    async readComponents({ signal }) {
      return (await read(signal)).components;
    },

    async readStorage(branchId, { signal }) {
      const { branches } = await read(signal);
      return branches.find(({ id }) => id === branchId)?.storage ?? null;
    },

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
