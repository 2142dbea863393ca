import type { Json } from '../../../../model/text/json.ts';
import { nameRows } from '../configs/config-path.ts';
import { editContent, keepWhole, type ConfigNode, type Layout, type RowNode } from '../layout.ts';
import { fillTemplate, namingTemplates } from '../naming-templates.ts';
import { plainNumber, textAt, withoutKeys } from '../object-edit.ts';
import { safeSegment } from '../../../tree/safe-segment.ts';
import type { NodeFiles, RenderStep } from '../render-step.ts';
import { codeFileName, codeText, isStatements, trimScriptEnd } from './code-language.ts';
import { sharedCode } from './components.ts';
import { splitStatements } from './split-statements.ts';

/** Places shared code in a folder of the component that it is for, and writes its rows as files of code. */
export const sharedCodes: RenderStep = {
  name: 'shared codes',
  looksAt: ['componentId'],
  arrange(layout) {
    for (const node of layout.nodes) {
      if (node.kind === 'config' && node.component.id === sharedCode) place(layout, node);
    }
  },
  write(node, files, layout) {
    if (node.kind === 'row' && node.config.sharedCodeTarget !== null) {
      writeCode(node, node.config.sharedCodeTarget, files, layout);
    }
  },
};

function place(layout: Layout, node: ConfigNode): void {
  nameRows(node, namingTemplates.sharedCodeConfigRow);
  const target = textAt(node.content, 'componentId');
  node.wantedPath = fillTemplate(namingTemplates.sharedCodeConfig, {
    target_component_id: target === null ? '' : safeSegment(target),
  });
  if (target === null) {
    if (!node.content.has('componentId')) return;
    editContent(node, (content) => withoutKeys(content, 'componentId'));
    keepWhole(layout, node, 'The component that the shared code is for is not a text.');
    return;
  }
  node.sharedCodeTarget = target;
  // The CLI removes the key and adds it again, so it becomes the last one.
  editContent(node, (content) => withoutKeys(content, 'componentId').set('componentId', target));
}

function writeCode(node: RowNode, target: string, files: NodeFiles, layout: Layout): void {
  const code = files.config.get('code_content') ?? null;
  if (Array.isArray(code) && code.some((item) => typeof item === 'object' && item !== null))
    keepWhole(layout, node, 'Its "code_content" holds more than texts.');
  files.config = withoutKeys(files.config, 'code_content');
  files.others.set(codeFileName(target), codeText(scriptsOf(code, target), target));
  if (!node.row.isDisabled) files.meta = withoutKeys(files.meta, 'isDisabled');
}

function scriptsOf(code: Json, target: string): string[] {
  if (typeof code === 'string') {
    const text = trimScriptEnd(code);
    return isStatements(target) ? splitStatements(text) : [text];
  }
  // Such shared code has no place in this layout.
  if (!Array.isArray(code)) throw new Error('Its "code_content" cannot be read.');
  return code.map((item) => {
    if (typeof item === 'number') return plainNumber(item);
    return typeof item === 'object' ? '' : String(item);
  });
}
