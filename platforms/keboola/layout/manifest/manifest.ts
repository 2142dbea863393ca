import type { Json, JsonObject } from '../../../../model/text/json.ts';
import type { Metadata } from '../../../../model/platform/metadata.ts';
import type { PlatformProject } from '../../../../model/platform/project.ts';
import { branchMetadata } from '../branches/branch-files.ts';
import { compareBytes } from '../../../tree/byte-order.ts';
import type { BranchNode, ConfigNode, LayoutNode, RowNode } from '../layout.ts';
import { namingTemplates } from '../naming-templates.ts';
import { below } from '../../../tree/unique-paths.ts';
import { idNumber } from './id-number.ts';

/** The CLI's manifest: the project's objects with their ids and paths, sorted by path. */
export function manifest(
  project: PlatformProject,
  nodes: readonly LayoutNode[],
  { allowedBranches, root }: { allowedBranches: readonly string[]; root: string },
): JsonObject {
  const sorted = [...nodes].sort((a, b) => compareBytes(a.path, b.path));
  const rows = new Map<LayoutNode, Json[]>();
  for (const node of sorted) {
    if (node.kind !== 'row') continue;
    const entries = rows.get(node.config);
    if (entries === undefined) rows.set(node.config, [rowEntry(node)]);
    else entries.push(rowEntry(node));
  }
  return new Map<string, Json>([
    ['version', 2],
    [
      'project',
      new Map<string, Json>([
        ['id', idNumber(project.id)],
        ['apiHost', project.apiHost],
      ]),
    ],
    ['allowTargetEnv', false],
    ['sortBy', 'path'],
    ['naming', new Map(Object.entries(namingTemplates))],
    ['allowedBranches', [...allowedBranches]],
    ['ignoredComponents', []],
    ['templates', new Map([['repositories', [defaultTemplates]]])],
    [
      'branches',
      sorted.filter((node) => node.kind === 'branch').map((node) => branchEntry(node, root)),
    ],
    [
      'configurations',
      sorted
        .filter((node) => node.kind === 'config')
        .map((node) => configEntry(node, rows.get(node) ?? [])),
    ],
  ]);
}

const defaultTemplates: JsonObject = new Map([
  ['type', 'git'],
  ['name', 'keboola'],
  ['url', 'https://github.com/keboola/keboola-as-code-templates.git'],
  ['ref', 'main'],
]);

function branchEntry({ branch, path }: BranchNode, root: string): JsonObject {
  return new Map<string, Json>([
    ['id', idNumber(branch.id)],
    ['path', below(root, path)],
    ...metadataEntry(branchMetadata(branch)),
  ]);
}

function configEntry(node: ConfigNode, rows: Json[]): JsonObject {
  return new Map<string, Json>([
    ['branchId', idNumber(node.branch.branch.id)],
    ['componentId', node.component.id],
    ['id', node.config.id],
    ['path', manifestPath(node)],
    ...relationsEntry(node),
    ...metadataEntry(node.config.metadata),
    ['rows', rows],
  ]);
}

/** The CLI writes the path of shared code for no component with the slash that is left of its template. */
function manifestPath({ parent, path, wantedPath }: ConfigNode): string {
  const relative = below(parent.path, path);
  return `${relative}/` === wantedPath ? wantedPath : relative;
}

function rowEntry(node: RowNode): JsonObject {
  return new Map<string, Json>([
    ['id', node.row.id],
    ['path', below(node.parent.path, node.path)],
    ...relationsEntry(node),
  ]);
}

function relationsEntry({ relations }: ConfigNode | RowNode): [string, Json][] {
  return relations.length === 0 ? [] : [['relations', relations]];
}

/** Metadata by key, in byte order. If a key occurs more than once, its last value is used. */
export function metadataEntry(metadata: readonly Metadata[]): [string, Json][] {
  if (metadata.length === 0) return [];
  const byKey = new Map(metadata.map(({ key, value }) => [key, value]));
  return [['metadata', new Map([...byKey].sort(([a], [b]) => compareBytes(a, b)))]];
}
