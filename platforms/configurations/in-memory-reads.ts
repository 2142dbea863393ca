import type { PlatformProject } from '../../model/platform/project.ts';
import type { ConfigurationName, ConfigurationSource } from './configuration-source.ts';

/** Those reads of a {@link ConfigurationSource} that can be answered from a project in memory. */
export type InMemoryReads = Pick<
  ConfigurationSource,
  'readProject' | 'readBranch' | 'readConfigurations' | 'readStorage' | 'readComponents'
>;

/** Answers from the complete project that `read` returns at that moment. */
export function inMemoryReads(
  read: (signal: AbortSignal) => Promise<PlatformProject>,
): InMemoryReads {
  async function branchOf(branchId: string, signal: AbortSignal) {
    const { branches, ...project } = await read(signal);
    const found = branches.find(({ id }) => id === branchId);
    return found === undefined ? null : { project, found };
  }

  return {
    async readProject(branchIds, { signal, storage = true }) {
      const project = await read(signal);
      const branches = project.branches
        .filter(({ id }) => branchIds.includes(id))
        .map((branch) => (storage ? branch : { ...branch, storage: null }));
      return { ...project, branches };
    },

    async readBranch(branchId, { signal, storage = true }) {
      const read = await branchOf(branchId, signal);
      if (read === null) return null;
      const { configurations, ...branch } = read.found;
      return {
        project: read.project,
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
      const there = (await branchOf(branchId, signal))?.found.configurations;
      if (there === undefined) return null;
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
      return (await branchOf(branchId, signal))?.found.storage ?? null;
    },
  };
}
