import { objectAt, textAt, withEntry } from '../object-edit.ts';
import type { RenderStep } from '../render-step.ts';
import { dataGateway as dataGatewayComponent } from './components.ts';

/**
 * The data gateway's workspace has a number where the platform gives it as text. (What else the CLI
 * asks the platform of the workspace is no part of the configuration.)
 */
export const dataGateway: RenderStep = {
  name: 'data gateway',
  write(node, files) {
    if (node.kind !== 'config' || node.component.id !== dataGatewayComponent) return;
    const parameters = objectAt(files.config, 'parameters');
    const db = parameters && objectAt(parameters, 'db');
    const id = db && textAt(db, 'workspaceId')?.trim();
    // Only a number that stays as it is written, to the digit.
    if (!parameters || !db || !id || String(Number(id)) !== id || !/^-?[0-9.]+$/.test(id)) return;
    files.config = withEntry(
      files.config,
      'parameters',
      withEntry(parameters, 'db', withEntry(db, 'workspaceId', Number(id))),
    );
  },
};
