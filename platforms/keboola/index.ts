import { Type } from 'typebox';
import type { Configuration } from '../../model/platform/project.ts';
import {
  configurationObjects,
  type ConfigurationDetails,
} from '../configurations/configuration-objects.ts';
import { sourceOfObjects } from '../configurations/source-of-objects.ts';
import { usualEvents } from '../events/platform-events.ts';
import type { Platform } from '../platform.ts';
import { wordForComponent } from './kind-words.ts';
import { keboolaLayout } from './layout/keboola-layout.ts';
import { isSameOutline, outlineOf, refersToOthers } from './layout/outline.ts';
import { createKeboolaSource } from './source/keboola-source.ts';

/** Keboola, read through its Storage API and Queue API, and written as the files of the Keboola CLI. */
export const keboola: Platform<Configuration, ConfigurationDetails> = {
  kind: 'keboola',
  settings: {
    title: 'a Keboola project',
    url: {
      schema: Type.String({ minLength: 1, maxLength: 2_048 }),
      title: "the address of the platform's Storage API",
    },
    token: {
      schema: Type.String({
        minLength: 8,
        maxLength: 4_096,
        pattern: '^[\\u0021-\\u007e]+$',
        writeOnly: true,
      }),
      title: 'Storage API token',
    },
  },
  open: ({ url = '', token = '' }, { dispatcher, checkUrl, trafficTo }) =>
    sourceOfObjects(createKeboolaSource({ url, token, dispatcher, checkUrl, trafficTo })),
  events: usualEvents,
  feeds: ['events', 'jobs'],
  objects: {
    ...configurationObjects,
    outlineOf,
    refersToOthers,
    isSameOutline,
    wordFor: wordForComponent,
  },
  layout: keboolaLayout,
  parts: ['samples', 'jobs'],
};
