import type { Configuration } from '../../model/platform/project.ts';
import type { ConfigurationDetails } from '../configurations/configuration-objects.ts';
import { sourceOfObjects } from '../configurations/source-of-objects.ts';
import { usualEvents } from '../events/platform-events.ts';
import type { Platform } from '../platform.ts';
import { sampleLayout, sampleObjects } from './sample-layout.ts';
import { createSampleSource } from './sample-source.ts';

/** A small built-in project, for trying out Gitward without a platform. */
export const sample: Platform<Configuration, ConfigurationDetails> = {
  kind: 'sample',
  settings: { title: 'the built-in sample', choosesId: true },
  open: (_, { projectId, listChanges }) =>
    sourceOfObjects(createSampleSource({ projectId, listChanges })),
  events: usualEvents,
  feeds: [],
  objects: sampleObjects,
  layout: sampleLayout,
  parts: ['samples', 'jobs'],
};
