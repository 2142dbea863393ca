import type { ConfigNode, Layout, RowNode } from '../layout.ts';
import { descriptionText } from '../description.ts';
import type { NodeFiles, RenderStep } from '../steps.ts';
import type { DraftFile } from '../tree-builder.ts';

/** The files of a configuration or a row, as the steps leave them. */
export function configFiles(
  node: ConfigNode | RowNode,
  steps: readonly RenderStep[],
  layout: Layout,
): DraftFile[] {
  const object = node.kind === 'row' ? node.row : node.config;
  const files: NodeFiles = {
    meta: new Map<string, string | boolean>([
      ['name', object.name],
      ['isDisabled', object.isDisabled],
    ]),
    config: node.content,
    description: descriptionText(object.description),
    others: new Map(),
    blocks: null,
  };
  for (const step of steps) step.write?.(node, files, layout);

  const entries: [string, DraftFile['content']][] = [
    ['meta.json', files.meta],
    ['config.json', files.config],
    ['description.md', files.description],
    ...files.others,
  ];
  return entries.map(([name, content]) => ({
    path: `${node.path}/${name}`,
    owner: node.key,
    content,
  }));
}
