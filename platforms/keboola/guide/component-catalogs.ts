import type { Json, JsonObject } from '../../../model/text/json.ts';
import { catalogKey, configKey } from '../../../model/platform/object-key.ts';
import type { Component, Configuration, PlatformBranch } from '../../../model/platform/project.ts';
import type { GivenPaths } from '../../../model/platform/tree.ts';
import { compareBytes } from '../../tree/byte-order.ts';
import { fileNames } from '../../tree/file-names.ts';
import type { LineageEdge } from '../layout/storage/lineage/edge.ts';
import { splitFolder } from '../../tree/split-folder.ts';
import type { DraftFile } from '../../tree/tree-builder.ts';
import { catalogParts, isSplit } from './catalog-parts.ts';
import { configurationEntry } from './configuration-entry.ts';
import { configurationTables } from './configuration-tables.ts';

/** The catalog of one component's configurations. */
export interface ComponentCatalog {
  component: Component;
  configurations: number;
  rows: number;
  /** The path of its file, or of the folder with its parts. */
  path: string;
  files: DraftFile[];
}

/** What the catalogs are made from. */
export interface ComponentCatalogsInput {
  branch: PlatformBranch;
  components: readonly Component[];
  /** The paths of configurations and rows in this rendering. */
  paths: GivenPaths;
  edges: ReadonlyMap<string, readonly LineageEdge[]>;
  /** The folder `ai/catalog`. */
  folder: string;
}

/** The catalogs of all components that have configurations in the branch, by component id. */
export function componentCatalogs(input: ComponentCatalogsInput): ComponentCatalog[] {
  const { branch, components, paths, folder } = input;
  const tablesOf = configurationTables(input.edges);
  const known = new Map(components.map((component) => [component.id, component]));
  const byComponent = configurationsByComponent(branch);
  const names = fileNames(byComponent.keys(), { reserved: ['tables'] });
  const folderOf = splitFolder({ path: folder, entries: byComponent.size + 2, before: [] });

  return [...byComponent].map(([componentId, configurations]) => {
    const component = known.get(componentId) ?? unlisted(componentId);
    const path = `${folderOf(componentId)}/${names.get(componentId) ?? 'unnamed'}`;
    const entries = configurations.map((config) => ({
      id: config.id,
      size: 1 + config.rows.length,
      value: configurationEntry(config, {
        branchId: branch.id,
        paths,
        tables: tablesOf(componentId, config.id),
      }),
    }));
    return {
      component,
      configurations: configurations.length,
      rows: configurations.reduce((sum, { rows }) => sum + rows.length, 0),
      path: isSplit(entries) ? `${path}.parts` : `${path}.json`,
      files: [...catalogParts(path, entries)].map(([file, values]): DraftFile => ({
        path: file,
        owner: catalogKey(branch.id, componentId),
        content: catalog(component, values),
        itemLines: true,
      })),
    };
  });
}

function catalog({ id, type, name }: Component, configurations: JsonObject[]): JsonObject {
  const fields = new Map<string, Json>([
    ['componentId', id],
    ['type', type],
  ]);
  if (name !== '' && name !== id) fields.set('name', name);
  return fields.set('configurations', configurations);
}

/**
 * Each configuration once, in byte order of the ids. The order in which the API lists them does not matter.
 */
function configurationsByComponent(branch: PlatformBranch): Map<string, Configuration[]> {
  const first = new Map<string, Configuration>();
  for (const config of branch.configurations) {
    const key = configKey(branch.id, config.componentId, config.id);
    if (!first.has(key)) first.set(key, config);
  }
  const inOrder = [...first.values()].sort(
    (a, b) => compareBytes(a.componentId, b.componentId) || compareBytes(a.id, b.id),
  );
  const byComponent = new Map<string, Configuration[]>();
  for (const config of inOrder) {
    const siblings = byComponent.get(config.componentId);
    if (siblings === undefined) byComponent.set(config.componentId, [config]);
    else siblings.push(config);
  }
  return byComponent;
}

function unlisted(id: string): Component {
  return { id, type: 'other', name: '', flags: [], defaultBucketStage: null };
}
