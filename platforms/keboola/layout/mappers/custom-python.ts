import { leaveGeneric } from '../layout.ts';
import { isNothing } from '../object-edit.ts';
import type { RenderStep } from '../render-step.ts';
import { customPython as customPythonComponent } from './components.ts';

/** Writes the code of the custom Python application as a file as well. It also stays in config.json. */
export const customPython: RenderStep = {
  name: 'custom python',
  write(node, files, layout) {
    if (node.kind !== 'config' || node.component.id !== customPythonComponent) return;
    const parameters = files.config.get('parameters');
    const code = parameters instanceof Map ? (parameters.get('code') ?? '') : parameters;
    if (typeof code === 'string' && parameters instanceof Map) files.others.set('code.py', code);
    else if (isNothing(code)) files.others.set('code.py', '');
    else leaveGeneric(layout, node, 'Its "parameters.code" is not a text.');
  },
};
