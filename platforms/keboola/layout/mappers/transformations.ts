import { keepWhole, leaveGeneric, type ConfigNode, type Layout } from '../layout.ts';
import { isNothing, withEntry, withoutKeys } from '../object-edit.ts';
import type { NodeFiles, RenderStep } from '../steps.ts';
import { parseBlocks } from './code-block.ts';
import { isTransformation } from './components.ts';

/** A transformation's blocks leave its config.json; other steps make files of them. */
export const transformations: RenderStep = {
  name: 'transformations',
  write(node, files, layout) {
    if (node.kind === 'config' && isTransformation(node.component)) takeBlocks(node, files, layout);
  },
};

function takeBlocks(node: ConfigNode, files: NodeFiles, layout: Layout): void {
  const value = files.config.get('parameters');
  // PHP writes parameters without a key as `[]`; the CLI makes an object of them.
  const parameters = isNothing(value) ? new Map<string, never>() : value;
  if (!(parameters instanceof Map)) {
    leaveGeneric(layout, node, 'Its "parameters" are not an object.');
    return;
  }
  const list = parameters.get('blocks');
  const parsed = isNothing(list) ? parseBlocks([]) : Array.isArray(list) ? parseBlocks(list) : null;
  if (parsed === null) {
    leaveGeneric(layout, node, 'Its "blocks" are not a list of named blocks with named codes.');
    return;
  }
  if (parsed.hasMore) {
    keepWhole(layout, node, 'Its blocks hold more than names and scripts.');
  }
  files.config = withEntry(files.config, 'parameters', withoutKeys(parameters, 'blocks'));
  files.blocks = parsed.blocks;
}
