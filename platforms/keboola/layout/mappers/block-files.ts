import type { RenderStep } from '../render-step.ts';
import { numberedName } from '../../../tree/unique-paths.ts';
import { codeFileName, codeText } from './code-language.ts';

/** Writes the blocks of a transformation as files: `blocks/001-NAME/001-CODE/code.EXT`. */
export const blockFiles: RenderStep = {
  name: 'block files',
  write(node, { blocks, others }) {
    if (node.kind !== 'config' || blocks === null) return;
    const componentId = node.component.id;
    for (const [blockIndex, block] of blocks.entries()) {
      const blockPath = `blocks/${numberedName(blockIndex, block.name)}`;
      others.set(`${blockPath}/meta.json`, new Map([['name', block.name]]));
      for (const [codeIndex, { name, scripts }] of block.codes.entries()) {
        const codePath = `${blockPath}/${numberedName(codeIndex, name)}`;
        others.set(`${codePath}/meta.json`, new Map([['name', name]]));
        others.set(`${codePath}/${codeFileName(componentId)}`, codeText(scripts, componentId));
      }
    }
  },
};
