import type { Component } from '../../../../model/platform/project.ts';

/** Components for which the CLI's layout has special rules. */
export const sharedCode = 'keboola.shared-code';
export const variables = 'keboola.variables';
export const scheduler = 'keboola.scheduler';
export const orchestrator = 'keboola.orchestrator';
export const dataGateway = 'keboola.app-data-gateway';
export const customPython = 'kds-team.app-custom-python';

/** Whether a component's configurations are transformations that consist of blocks of code. */
export function isTransformation({ type, flags }: Component): boolean {
  return type === 'transformation' && flags.includes('genericCodeBlocksUI');
}
