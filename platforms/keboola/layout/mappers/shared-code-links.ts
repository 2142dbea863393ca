import type { JsonObject } from '../../../../model/text/json.ts';
import { configKey, rowKey } from '../../../../model/platform/object-key.ts';
import { keepWhole, type ConfigNode, type Layout, type RowNode } from '../layout.ts';
import { namedId } from '../named-id.ts';
import { textAt, withEntry, withoutKeys } from '../object-edit.ts';
import type { NodeFiles, RenderStep } from '../render-step.ts';
import { below } from '../../../tree/unique-paths.ts';
import type { CodeBlock } from './code-block.ts';
import { lineComment } from './code-language.ts';
import { sharedCode } from './components.ts';

/**
 * Makes transformations refer to the shared code that they use by its path, in config.json and in scripts.
 */
export const sharedCodeLinks: RenderStep = {
  name: 'shared code links',
  looksAt: ['shared_code_id', 'shared_code_row_ids'],
  write(node, files, layout) {
    if (node.kind === 'config' && files.blocks !== null) link(node, files, files.blocks, layout);
  },
};

function link(
  node: ConfigNode,
  files: NodeFiles,
  blocks: readonly CodeBlock[],
  layout: Layout,
): void {
  const content = files.config;
  const listed = content.get('shared_code_row_ids');
  if (!content.has('shared_code_id') && listed === undefined) return;
  files.config = withoutKeys(content, 'shared_code_id', 'shared_code_row_ids');

  const found = findSharedCode(node, content, layout);
  if (typeof found === 'string') {
    keepWhole(layout, node, found);
    return;
  }
  const path = below(found.parent.path, found.path);
  files.config = withEntry(files.config, 'shared_code_path', path);
  if (listed === undefined) return;
  if (!Array.isArray(listed)) {
    keepWhole(layout, node, 'Its "shared_code_row_ids" are not a list.');
    return;
  }
  const linked = new Set<string>();
  files.blocks = mapScripts(blocks, (script) => {
    const row = rowOf(script, found, layout);
    if (row === null) return script;
    linked.add(row.row.id);
    return `${lineComment(node.component.id)} {{:${below(found.path, row.path)}}}`;
  });
  const unused = listed.filter((id) => typeof id === 'object' || !linked.has(String(id)));
  if (unused.length > 0) {
    keepWhole(layout, node, `It lists shared code that no script uses (${unused.length}).`);
  }
}

/** The shared code that a transformation uses, or the reason why the CLI leaves the link out. */
function findSharedCode(
  node: ConfigNode,
  content: JsonObject,
  layout: Layout,
): ConfigNode | string {
  const id = textAt(content, 'shared_code_id');
  if (id === null) return 'Its "shared_code_id" is not text.';
  const found = layout.byKey.get(configKey(node.branch.branch.id, sharedCode, id));
  if (found?.kind !== 'config' || found.path === '')
    return `Its shared code ${namedId(id)} does not exist.`;
  if (found.sharedCodeTarget !== node.component.id) {
    return `Its shared code ${namedId(id)} is for another component.`;
  }
  return found;
}

/**
 * The row of shared code that a script refers to (`{{id}}`). `null` if the script is the transformation's
 * own.
 */
function rowOf(script: string, { branch, config }: ConfigNode, layout: Layout): RowNode | null {
  // A longer text is not an id. Checking the length first avoids searching through a megabyte of code.
  if (script.length > 1_000) return null;
  const id = /^\s*\{\{([0-9a-zA-Z_-]+)\}\}\s*$/.exec(script)?.[1];
  if (id === undefined) return null;
  const row = layout.byKey.get(rowKey(branch.branch.id, sharedCode, config.id, id));
  return row?.kind === 'row' && row.path !== '' ? row : null;
}

function mapScripts(
  blocks: readonly CodeBlock[],
  change: (script: string) => string,
): readonly CodeBlock[] {
  return blocks.map(({ name, codes }) => ({
    name,
    codes: codes.map((code) => ({ name: code.name, scripts: code.scripts.map(change) })),
  }));
}
