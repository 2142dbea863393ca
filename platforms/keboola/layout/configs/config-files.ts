import type { Json } from '../../../../model/text/json.ts';
import { formatJson } from '../../../../model/text/ordered-json.ts';
import type { Configuration, ConfigurationRow } from '../../../../model/platform/project.ts';
import { descriptionText } from '../../../tree/description.ts';
import type { ConfigNode, Layout, RowNode } from '../layout.ts';
import type { NodeFiles, RenderStep } from '../render-step.ts';
import type { DraftFile } from '../../../tree/tree-builder.ts';

/** The files of a configuration or a row after all steps. The complete object must be given. */
export function configFiles(
  node: ConfigNode | RowNode,
  whole: Configuration | ConfigurationRow,
  steps: readonly RenderStep[],
  layout: Layout,
): DraftFile[] {
  const files: NodeFiles = {
    meta: new Map<string, string | boolean>([
      ['name', whole.name],
      ['isDisabled', whole.isDisabled],
    ]),
    config: node.edits.reduce((content, edit) => edit(content), whole.content),
    description: descriptionText(whole.description),
    others: new Map(),
    blocks: null,
  };
  for (const step of steps) step.write?.(node, files, layout);

  const entries: [string, DraftFile['content']][] = [
    ['meta.json', files.meta],
    ['config.json', whole.oddContent === undefined ? files.config : asJson(whole.oddContent)],
    ['description.md', files.description],
    ...files.others,
  ];
  return entries.map(([name, content]) => ({
    path: `${node.path}/${name}`,
    owner: node.key,
    content,
  }));
}

/** The file with the numbers of an object that a 64-bit float cannot hold, at this path; none if it has none. */
export function numbersFile(
  path: string,
  { key }: ConfigNode | RowNode,
  { exactNumbers }: Configuration | ConfigurationRow,
): DraftFile[] {
  return exactNumbers === undefined ? [] : [{ path, owner: key, content: asJson(exactNumbers) }];
}

/** Content that need not be an object, as it is; a text of it is JSON, too. */
function asJson(content: Json): Json {
  return typeof content === 'string' ? formatJson(content) : content;
}
