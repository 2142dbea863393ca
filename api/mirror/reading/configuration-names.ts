import type { CatalogEntry } from '../../../model/mirror/reading/shown-object.ts';
import { cut, oneLine } from '../../../model/text/outside-text.ts';
import type { LayoutReading, TreeFiles } from '../../../platforms/reading/layout-reading.ts';
import type { MirrorReading, ReadCommit } from './open-reading.ts';

/** What people call a configuration and its component; `null` where the tree does not say it. */
export interface ConfigurationNames {
  configurationName: string | null;
  componentName: string | null;
}

/** The configurations of a tree, by their ids. What it does not have has no names. */
export interface NamedConfigurations {
  /** Of a configuration; of a component alone without one. */
  names(
    componentId: string | undefined,
    configurationId: string | null | undefined,
  ): ConfigurationNames;
  /** The folder of a configuration. */
  path(componentId: string, configurationId: string): string | null;
}

/** The longest name that is shown, in characters. */
const longestName = 200;

/** A name as it is shown: people chose it, so it is made one line of bounded length. */
export function shownName(name: string): string {
  return cut(oneLine(name), longestName);
}

/**
 * The configurations that the catalog of a tree names: read once for each catalog, so that a name costs no more than
 * looking it up. None if the tree has more than is read.
 */
export async function configurationsIn(
  layout: LayoutReading,
  files: TreeFiles,
): Promise<NamedConfigurations> {
  const catalog = await layout.catalog(files);
  return catalog === null ? unnamed : files.derive(catalog, byIds);
}

/** The configurations of commits, each of which is looked up once. */
export function configurationsOfCommits(
  reading: MirrorReading,
): (commit: ReadCommit) => Promise<NamedConfigurations> {
  const { reading: layout } = reading.layout;
  const known = new Map<string, Promise<NamedConfigurations>>();
  return (commit) => {
    const found = known.get(commit.sha) ?? configurationsIn(layout, reading.files(commit));
    known.set(commit.sha, found);
    return found;
  };
}

/** The configurations of a tree that cannot be read. */
export const unnamed: NamedConfigurations = {
  names: () => ({ configurationName: null, componentName: null }),
  path: () => null,
};

function byIds(catalog: readonly CatalogEntry[]): NamedConfigurations {
  const entries = new Map<string, CatalogEntry>();
  const components = new Map<string, string>();
  for (const entry of catalog) {
    const { componentId, configurationId } = entry.ids;
    if (entry.kind !== 'configuration' || componentId === undefined) continue;
    entries.set(JSON.stringify([componentId, configurationId]), entry);
    if (entry.componentName !== null) components.set(componentId, entry.componentName);
  }
  const find = (...ids: unknown[]) => entries.get(JSON.stringify(ids));
  const shown = (name: string | undefined) => (name === undefined ? '' : shownName(name)) || null;
  return {
    names: (componentId, configurationId) => ({
      configurationName: shown(find(componentId, configurationId)?.name),
      componentName: shown(components.get(componentId ?? '')),
    }),
    path: (componentId, configurationId) => find(componentId, configurationId)?.path ?? null,
  };
}
