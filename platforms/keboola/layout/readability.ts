import { exceedsFloats } from '../../../model/text/exact-numbers.ts';
import type {
  Configuration,
  ConfigurationRow,
  Readability,
} from '../../../model/platform/project.ts';
import { parseBlocks } from './mappers/code-block.ts';
import {
  customPython as customPythonComponent,
  orchestrator,
  sharedCode,
} from './mappers/components.ts';
import { hasPhaseCircle } from './mappers/orchestration.ts';

/**
 * Why the CLI cannot read a configuration or an outline: its pull of the whole project fails, or what it pulled
 * cannot be read again. (Where it only warns, it leaves out a part; the rules do the same.)
 */
export function readabilityOf(config: Configuration): Readability {
  if (config.readability !== undefined) return config.readability;
  return {
    problem: generalProblem(config) ?? problemOfKind(config),
    problemAsTransformation: transformationProblem(config),
  };
}

function generalProblem(config: Configuration): string | null {
  if (config.name === '') return 'It has no name, so the Keboola CLI cannot read it.';
  for (const one of [config, ...config.rows]) {
    const owner = one === config ? 'its configuration' : `the configuration of its row ${one.id}`;
    if (one.oddContent !== undefined)
      return `What the platform has as ${owner} is not an object, so the Keboola CLI cannot read it.`;
    if (one.exactNumbers !== undefined && exceedsFloats(one.exactNumbers))
      return `A number in ${owner} is larger than the Keboola CLI can read.`;
  }
  return null;
}

function problemOfKind(config: Configuration): string | null {
  switch (config.componentId) {
    case orchestrator:
      return orchestrationProblem(config);
    case customPythonComponent:
      return customPythonProblem(config);
    case sharedCode:
      return sharedCodeProblem(config);
    default:
      return null;
  }
}

function orchestrationProblem({ content }: Configuration): string | null {
  const phases = content.get('phases');
  return Array.isArray(phases) && hasPhaseCircle(phases)
    ? 'Its phases depend on each other in a circle, which the Keboola CLI cannot read.'
    : null;
}

function customPythonProblem({ content }: Configuration): string | null {
  if (!content.has('parameters')) return null;
  const parameters = content.get('parameters');
  if (!(parameters instanceof Map))
    return 'Its "parameters" are not an object, so the Keboola CLI cannot read it.';
  return parameters.has('code') && typeof parameters.get('code') !== 'string'
    ? 'Its "parameters.code" is not a text, so the Keboola CLI cannot read it.'
    : null;
}

function sharedCodeProblem({ content, rows }: Configuration): string | null {
  const target = content.get('componentId');
  if (target === '') return 'The shared code is for a component without an id.';
  // The code of a row is not looked at if it is not known what it is for.
  if (typeof target !== 'string') return null;
  const row = rows.find((one) => !hasCode(one));
  return row === undefined
    ? null
    : `The "code_content" of its row ${row.id} is neither a text nor a list, so the Keboola CLI cannot read it.`;
}

function hasCode({ content }: ConfigurationRow): boolean {
  const code = content.get('code_content');
  return typeof code === 'string' || Array.isArray(code);
}

function transformationProblem({ content }: Configuration): string | null {
  const parameters = content.get('parameters');
  const blocks = parameters instanceof Map ? parameters.get('blocks') : null;
  return Array.isArray(blocks) && parseBlocks(blocks) === null
    ? 'Its "blocks" are not named blocks with named codes, so the Keboola CLI cannot read it.'
    : null;
}
