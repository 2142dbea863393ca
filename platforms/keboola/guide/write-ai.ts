import type { MirrorEnding } from '../../../model/mirror/branches.ts';
import { guideKey } from '../../../model/platform/object-key.ts';
import type { MirrorPolicy } from '../../../model/mirror/mirror.ts';
import type { PlatformProject } from '../../../model/platform/project.ts';
import type { ProjectStorage } from '../../../model/platform/storage.ts';
import type { GivenPaths, RenderWarning } from '../../../model/platform/tree.ts';
import { notWritten } from '../layout/findings.ts';
import { folderBeside } from '../../tree/folder-beside.ts';
import type { BranchNode, LayoutNode } from '../layout/layout.ts';
import { lineage } from '../layout/storage/lineage/lineage.ts';
import type { WrittenStorage } from '../layout/storage/write-storage.ts';
import type { DraftFile, TreeBuilder } from '../../tree/tree-builder.ts';
import { componentCatalogs } from './component-catalogs.ts';
import { guide, type GuidedParts } from './guide.ts';
import { tableCatalogs } from './table-catalogs.ts';

/** What the files for agents are made from. */
export interface WriteAiOptions {
  project: PlatformProject;
  /** The folder of the CLI's layout. `ai` is next to it. */
  root: string;
  secrets: MirrorPolicy['secrets'];
  /** The paths of configurations and rows in this rendering. */
  paths: GivenPaths;
  storage: WrittenStorage;
  /** The policies of jobs and samples, for the guide. Defaults to neither. */
  parts?: GuidedParts;
  /** Set if the branch no longer exists, which the guide then says. */
  ended?: MirrorEnding;
}

const nothing: ProjectStorage = { buckets: [], tables: [], problems: [] };

/**
 * Writes the starting point for agents, a guide and a catalog, for the branch whose storage was written, or
 * otherwise for the first branch. Writes nothing if the CLI's folder is the root of the tree, because nothing
 * can be next to it. If a file cannot be written, the others still are.
 */
export function writeAi(
  tree: TreeBuilder,
  nodes: readonly LayoutNode[],
  { project, root, secrets, paths, storage, parts, ended }: WriteAiOptions,
): RenderWarning[] {
  const warnings: RenderWarning[] = [];
  const branches = nodes.filter((node): node is BranchNode => node.kind === 'branch');
  const node = branches.find(({ branch }) => branch === storage.branch) ?? branches[0];
  const folder = folderBeside(root, 'ai');
  if (node === undefined || folder === null) return warnings;
  const { branch } = node;
  const read = storage.branch === null ? null : branch.storage;

  const catalogFolder = `${folder}/catalog`;
  const catalogs = componentCatalogs({
    branch,
    components: project.components,
    paths,
    edges: read === null ? lineage({ branch, paths }, nothing) : storage.edges,
    folder: catalogFolder,
  });
  for (const { files } of catalogs) for (const file of files) write(file);
  if (read !== null) {
    const { tableFiles } = storage;
    const files = tableCatalogs({
      branchId: branch.id,
      storage: read,
      tableFiles,
      folder: catalogFolder,
    });
    for (const file of files) write(file);
  }
  const text = guide({
    project,
    branch,
    branchFolder: node.path,
    catalogs,
    folder,
    hasStorage: read !== null,
    secrets,
    parts: parts ?? { jobs: null, samples: null },
    ...(ended === undefined ? {} : { ended }),
  });
  write({ path: `${folder}/README.md`, owner: guideKey(branch.id), content: text });
  return warnings;

  function write(file: DraftFile): void {
    try {
      tree.add([file]);
    } catch (error) {
      warnings.push(notWritten(file.owner, error));
    }
  }
}
