import { objectAt, textAt } from '../object-edit.ts';
import type { RenderStep } from '../render-step.ts';
import { customPython as customPythonComponent } from './components.ts';

/** Writes the code of the custom Python application as a file as well. It also stays in config.json. */
export const customPython: RenderStep = {
  name: 'custom python',
  write(node, files) {
    if (node.kind !== 'config' || node.component.id !== customPythonComponent) return;
    const parameters = objectAt(files.config, 'parameters');
    files.others.set('code.py', (parameters && textAt(parameters, 'code')) ?? '');
  },
};
