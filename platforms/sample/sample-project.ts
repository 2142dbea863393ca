import type { JsonObject } from '../../model/text/json.ts';
import { parseJson } from '../../model/text/ordered-json.ts';
import type { Component, Configuration, PlatformProject } from '../../model/platform/project.ts';
import type { AppliedSampleChange } from '../../model/platform/sample-change.ts';
import { sampleConfigurations, type SampleConfiguration } from './sample-configurations.ts';
import {
  developedConfigurations,
  sampleDevelopmentBranch,
  type DevelopedConfiguration,
} from './sample-development.ts';
import { sampleStorage } from './sample-storage.ts';

/** The sample's default branch. */
export const sampleBranch = { id: '1000', name: 'Main', isDefault: true } as const;

/** The sample's branches, in the platform's order. */
export const sampleBranches = [sampleBranch, sampleDevelopmentBranch] as const;

/**
 * The configurations of the default branch that an {@link AppliedSampleChange} can name: all of them, in
 * order.
 */
export function changeableConfigurations(): {
  branchId: string;
  componentId: string;
  configId: string;
  name: string;
}[] {
  return sampleConfigurations.map(({ componentId, id, name }) => ({
    branchId: sampleBranch.id,
    componentId,
    configId: id,
    name,
  }));
}

/**
 * The sample project after these changes, in order. Each change raises the version of its configuration and
 * shows in its content. A change to something that the sample does not have has no effect.
 */
export function sampleProject(
  projectId: string,
  changes: readonly AppliedSampleChange[],
): PlatformProject {
  return {
    id: projectId,
    name: 'Sample shop',
    apiHost: 'sample.gitward.invalid',
    backends: ['snowflake'],
    features: ['queuev2'],
    defaultBranchId: sampleBranch.id,
    components: sampleComponents,
    branches: [
      {
        ...sampleBranch,
        description: '',
        metadata: [
          { key: 'KBC.projectDescription', value: 'A small web shop: the sample of Gitward.' },
        ],
        configurations: changedIn(sampleBranch.id, sampleConfigurations, changes),
        storage: sampleStorage(),
      },
      {
        ...sampleDevelopmentBranch,
        description: 'What would a discount for large orders do to the revenue?',
        metadata: [],
        configurations: changedIn(sampleDevelopmentBranch.id, developedConfigurations, changes),
        storage: sampleStorage(),
      },
    ],
  };
}

/** A branch's configurations after those of the changes that belong to this branch. */
function changedIn(
  id: string,
  samples: readonly (SampleConfiguration | DevelopedConfiguration)[],
  changes: readonly AppliedSampleChange[],
): Configuration[] {
  return samples.map((sample) =>
    changed(
      sample,
      changes.filter(
        ({ branchId, componentId, configId }) =>
          branchId === id && componentId === sample.componentId && configId === sample.id,
      ),
    ),
  );
}

function changed(
  sample: SampleConfiguration | DevelopedConfiguration,
  changes: readonly AppliedSampleChange[],
): Configuration {
  const { componentId, id, name, description } = sample;
  const { version, changeDescription } =
    'version' in sample ? sample : { version: 1, changeDescription: 'Created with the sample' };
  const last = changes.at(-1);
  return {
    componentId,
    id,
    name,
    description,
    isDisabled: false,
    version: version + changes.length,
    author: last?.author ?? 'sample@gitward.invalid',
    changedAt: last?.at ?? '2026-01-01T00:00:00.000Z',
    changeDescription: last?.description ?? changeDescription,
    content: ordered(sample.content(changes.length)),
    metadata: [],
    rows: (sample.rows?.(changes.length) ?? []).map((row) => ({
      id: row.id,
      name: row.name,
      description: '',
      isDisabled: false,
      content: ordered(row.content),
    })),
  };
}

function ordered(content: Record<string, unknown>): JsonObject {
  return parseJson(JSON.stringify(content)) as JsonObject;
}

const codeBlocks = ['genericCodeBlocksUI'];
/** The components of the sample's configurations. */
export const sampleComponents: Component[] = [
  component('keboola.ex-db-mysql', 'extractor', 'MySQL'),
  component('keboola.ex-google-sheets', 'extractor', 'Google Sheets'),
  component('keboola.snowflake-transformation', 'transformation', 'Snowflake SQL', codeBlocks),
  component('keboola.python-transformation-v2', 'transformation', 'Python', codeBlocks),
  component('keboola.variables', 'other', 'Variables'),
  component('keboola.wr-db-mysql', 'writer', 'MySQL'),
  component('keboola.orchestrator', 'other', 'Orchestrator'),
  component('keboola.scheduler', 'other', 'Scheduler'),
];

function component(id: string, type: string, name: string, flags: string[] = []): Component {
  return { id, type, name, flags, defaultBucketStage: null };
}
