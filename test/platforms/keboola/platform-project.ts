import type { JsonObject } from '../../../model/text/json.ts';
import { parseJson } from '../../../model/text/ordered-json.ts';
import type {
  Component,
  Configuration,
  ConfigurationRow,
  PlatformBranch,
  PlatformProject,
} from '../../../model/platform/project.ts';
import {
  renderProject,
  type RenderOptions,
} from '../../../platforms/keboola/layout/render-project.ts';

/** An object of ordered JSON. */
export function object(text: string): JsonObject {
  return parseJson(text) as JsonObject;
}

/** A configuration, by default of a plain extractor. */
export function config(id: string, name: string, over: Partial<Configuration> = {}): Configuration {
  return {
    componentId: 'ex-generic-v2',
    id,
    name,
    description: '',
    isDisabled: false,
    version: 1,
    author: null,
    changedAt: null,
    changeDescription: null,
    content: new Map(),
    metadata: [],
    rows: [],
    ...over,
  };
}

/** A row. */
export function row(
  id: string,
  name: string,
  content: JsonObject = new Map(),
  over: Partial<ConfigurationRow> = {},
): ConfigurationRow {
  return { id, name, description: '', isDisabled: false, content, ...over };
}

/** A branch, by default the default branch of the project. */
export function branch(over: Partial<PlatformBranch>): PlatformBranch {
  const plain = {
    id: '1000',
    name: 'Main',
    isDefault: true,
    description: '',
    metadata: [],
    configurations: [],
    storage: null,
  };
  return { ...plain, ...over };
}

/** A component. */
export function component(id: string, type: string, over: Partial<Component> = {}): Component {
  return { id, type, name: '', flags: [], defaultBucketStage: null, ...over };
}

/** Components that the CLI has rules for, and a plain extractor. */
export const components: Component[] = [
  component('ex-generic-v2', 'extractor'),
  component('keboola.ex-aws-s3', 'extractor', { defaultBucketStage: 'in' }),
  component('keboola.variables', 'other'),
  component('keboola.scheduler', 'other'),
  component('keboola.orchestrator', 'other'),
  component('keboola.shared-code', 'other'),
  component('keboola.sandboxes', 'other'),
  component('keboola.app-data-gateway', 'application'),
  component('kds-team.app-custom-python', 'application'),
  ...[
    'python-transformation-v2',
    'snowflake-transformation',
    'r-transformation',
    'new-language',
  ].map((id) => component(`keboola.${id}`, 'transformation', { flags: ['genericCodeBlocksUI'] })),
];

/** A project, by default with these configurations in its default branch. */
export function project(
  configurations: Configuration[],
  over: Partial<PlatformProject> = {},
): PlatformProject {
  return {
    id: '12345',
    apiHost: 'connection.keboola.example',
    backends: ['snowflake'],
    features: [],
    defaultBranchId: '1000',
    components,
    branches: [branch({ configurations })],
    ...over,
  };
}

/** Renders the project as a mirror of its default branch does; `text` gives its files as text. */
export function render(of: PlatformProject, over: Partial<RenderOptions> = {}) {
  const rendering = renderProject(of, {
    allowedBranches: ['__main__'],
    givenPaths: new Map(),
    root: 'configs',
    secrets: 'encrypted',
    ...over,
  });
  const text = (path: string) => Buffer.from(rendering.files.get(path)?.content ?? []).toString();
  return { ...rendering, text };
}
