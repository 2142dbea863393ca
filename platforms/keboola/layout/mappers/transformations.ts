import type { JsonObject } from '../../../../model/text/json.ts';
import { keepWhole, type ConfigNode, type Layout } from '../layout.ts';
import { isNothing, withEntry, withoutKeys } from '../object-edit.ts';
import type { NodeFiles, RenderStep } from '../render-step.ts';
import { parseBlocks } from './code-block.ts';
import { isTransformation } from './components.ts';

/** Takes a transformation's blocks out of its config.json. Other steps write them as files. */
export const transformations: RenderStep = {
  name: 'transformations',
  write(node, files, layout) {
    if (node.kind === 'config' && isTransformation(node.component)) takeBlocks(node, files, layout);
  },
};

function takeBlocks(node: ConfigNode, files: NodeFiles, layout: Layout): void {
  // The CLI cannot read a transformation without this folder.
  files.others.set('blocks/.gitkeep', '');
  const parameters = parametersOf(node, files, layout);
  const list = parameters.get('blocks');
  const parsed = parseBlocks(Array.isArray(list) ? list : []);
  // Such a configuration has no place in this layout.
  if (parsed === null) throw new Error('Its "blocks" cannot be read.');
  if (!Array.isArray(list) && !isNothing(list)) {
    keepWhole(layout, node, 'Its "blocks" are not a list.');
  }
  if (parsed.hasMore) {
    keepWhole(layout, node, 'Its blocks hold more than names and scripts.');
  }
  files.config = withEntry(files.config, 'parameters', withoutKeys(parameters, 'blocks'));
  files.blocks = parsed.blocks;
}

/** A transformation's parameters. Like the CLI, treats anything that is not an object as no parameters. */
function parametersOf(node: ConfigNode, files: NodeFiles, layout: Layout): JsonObject {
  const parameters = files.config.get('parameters');
  if (parameters instanceof Map) return parameters;
  // PHP writes empty parameters as `[]`, and then nothing is lost.
  if (!isNothing(parameters)) keepWhole(layout, node, 'Its "parameters" are not an object.');
  return new Map();
}
