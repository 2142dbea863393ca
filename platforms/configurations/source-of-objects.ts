import type { Component, Configuration } from '../../model/platform/project.ts';
import type { BranchFacts, ReadOptions, Source } from '../source.ts';
import type { ConfigurationSource } from './configuration-source.ts';
import type { ConfigurationDetails } from './configuration-objects.ts';

/** Adapts a source of configurations to what mirrors read: an object is a configuration with its rows. */
export function sourceOfObjects(
  source: ConfigurationSource,
): Source<Configuration, ConfigurationDetails> {
  return {
    ...(source.feeds && { feeds: source.feeds }),
    verify: (options) => source.verify(options),
    listBranches: (options) => source.listBranches(options),
    readStorage: (branchId, options) => source.readStorage(branchId, options),
    readSample: (branchId, tableId, options) => source.readSample(branchId, tableId, options),
    listJobs: (branchId, options) => source.listJobs(branchId, options),
    readJob: (branchId, runId, options) => source.readJob(branchId, runId, options),

    async readBranch(branchId, options) {
      const reading = await source.readBranch(branchId, options);
      if (reading === null) return null;
      const {
        project,
        branch: { storage, ...branch },
        configurations,
      } = reading;
      const { id, name, isDefault } = branch;
      const facts = { branch: { id, name, isDefault }, details: { project, branch } };
      return { facts, storage, objects: configurations };
    },

    async readObjects(branchId, names, known, options) {
      const asked = names.map(({ kind, id }) => ({ componentId: kind, configId: id }));
      const reading = await source.readConfigurations(branchId, asked, options);
      if (reading === null) return null;
      const { found, gone } = reading;
      return {
        found,
        gone: gone.map(({ componentId, configId }) => ({ kind: componentId, id: configId })),
        facts: await withComponents(source, known, found, options),
      };
    },
  };
}

/** Reads the components again if one of these configurations belongs to an unknown one. */
async function withComponents(
  source: ConfigurationSource,
  facts: BranchFacts<ConfigurationDetails>,
  found: readonly Configuration[],
  { signal }: ReadOptions,
): Promise<BranchFacts<ConfigurationDetails>> {
  const { project } = facts.details;
  const known = new Set(project.components.map(({ id }) => id));
  if (found.every(({ componentId }) => known.has(componentId))) return facts;
  const components = merged(project.components, await source.readComponents({ signal }));
  return { ...facts, details: { ...facts.details, project: { ...project, components } } };
}

/** The listed components, and those that are no longer listed but still have configurations. */
function merged(known: readonly Component[], listed: readonly Component[]): Component[] {
  const ids = new Set(listed.map(({ id }) => id));
  return [...listed, ...known.filter(({ id }) => !ids.has(id))];
}
