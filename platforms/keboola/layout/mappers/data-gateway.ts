import { objectAt, textAt, withEntry } from '../object-edit.ts';
import type { RenderStep } from '../render-step.ts';
import { dataGateway as dataGatewayComponent } from './components.ts';

/**
 * Writes a number as the id of the data gateway's workspace, for which the platform returns a text. (The CLI
 * also asks the platform about the workspace, but the answer is not part of the configuration.)
 */
export const dataGateway: RenderStep = {
  name: 'data gateway',
  write(node, files) {
    if (node.kind !== 'config' || node.component.id !== dataGatewayComponent) return;
    const parameters = objectAt(files.config, 'parameters');
    const db = parameters && objectAt(parameters, 'db');
    const id = db && textAt(db, 'workspaceId')?.trim();
    // Only if the number keeps its exact digits.
    if (!parameters || !db || !id || String(Number(id)) !== id || !/^-?[0-9.]+$/.test(id)) return;
    files.config = withEntry(
      files.config,
      'parameters',
      withEntry(parameters, 'db', withEntry(db, 'workspaceId', Number(id))),
    );
  },
};
