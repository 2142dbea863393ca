import type { Json } from '../../../../model/text/json.ts';
import { nameRows } from '../configs/config-path.ts';
import {
  editContent,
  leaveGeneric,
  type ConfigNode,
  type Layout,
  type RowNode,
} from '../layout.ts';
import { fillTemplate, namingTemplates } from '../naming-templates.ts';
import { textAt, withoutKeys } from '../object-edit.ts';
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
  if (target === null || target === '') {
    leaveGeneric(layout, node, 'The shared code does not say which component it is for.');
    return;
  }
  node.sharedCodeTarget = target;
  node.wantedPath = fillTemplate(namingTemplates.sharedCodeConfig, {
    target_component_id: safeSegment(target),
  });
  // The CLI removes the key and adds it again, so it becomes the last one.
  editContent(node, (content) => withoutKeys(content, 'componentId').set('componentId', target));
}

function writeCode(node: RowNode, target: string, files: NodeFiles, layout: Layout): void {
  const code = files.config.get('code_content');
  if (code === undefined) return;
  const scripts = scriptsOf(code, target);
  if (scripts === null) {
    leaveGeneric(layout, node, 'Its "code_content" is neither a text nor a list of texts.');
    return;
  }
  files.config = withoutKeys(files.config, 'code_content');
  files.others.set(codeFileName(target), codeText(scripts, target));
  if (!node.row.isDisabled) files.meta = withoutKeys(files.meta, 'isDisabled');
}

function scriptsOf(code: Json, target: string): string[] | null {
  if (typeof code === 'string') {
    const text = trimScriptEnd(code);
    return isStatements(target) ? splitStatements(text) : [text];
  }
  if (!Array.isArray(code)) return null;
  const scripts: string[] = [];
  for (const item of code) {
    if (typeof item === 'object' && item !== null) return null;
    scripts.push(item === null ? '' : String(item));
  }
  return scripts;
}
