import { blockFiles } from './mappers/block-files.ts';
import { customPython } from './mappers/custom-python.ts';
import { dataGateway } from './mappers/data-gateway.ts';
import { defaultBuckets } from './mappers/default-buckets.ts';
import { orchestrations } from './mappers/orchestrations.ts';
import { schedules } from './mappers/schedules.ts';
import { sharedCodeLinks } from './mappers/shared-code-links.ts';
import { sharedCodes } from './mappers/shared-codes.ts';
import type { RenderStep } from './render-step.ts';
import { transformations } from './mappers/transformations.ts';
import { variables } from './mappers/variables.ts';

/** The rules, in the order in which they are applied. */
export const renderSteps: readonly RenderStep[] = [
  variables,
  schedules,
  orchestrations,
  dataGateway,
  sharedCodes,
  customPython,
  transformations,
  sharedCodeLinks,
  blockFiles,
  defaultBuckets,
];
