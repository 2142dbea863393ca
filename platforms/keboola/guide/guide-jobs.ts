import type { JobsPolicy } from '../../../model/mirror/mirror.ts';

const kept: Record<JobsPolicy['include'], string> = {
  all: 'Every run has a file',
  failures: 'Every run that did not end with `SUCCESS` has a file',
  latest: 'The last run of each configuration has a file',
};

/** The chapter on job runs. Empty if the mirror keeps none. It changes only with the policy. */
export function jobsChapter({ enabled, include, retainDays }: JobsPolicy): string[] {
  if (!enabled) return [];
  return [
    '## What ran, and what failed',
    '',
    `${kept[include]}: \`jobs/YYYY/MM/DD/HH/<run id>.json\`, by the UTC time at which it ended. It is kept for ${retainDays} days.`,
    'The `summary.json` of a day is written when the day is over, and is never removed: counts by status, failures with the first line of',
    'the error, and how long each configuration’s runs took. An hour with thousands of runs also has a folder per minute.',
    '',
    '```sh',
    'grep -rl --exclude=summary.json \'"status": "FAILED"\' jobs | sort | tail -1          # a failure in the latest hour that had one',
    'grep -rl --exclude=summary.json \'"configurationId": "<id>"\' jobs | sort | tail -5   # the last runs of a configuration',
    'grep -h \'"error"\' jobs/*/*/*/summary.json                                         # what failed on past days',
    '```',
    '',
    '- Look up `componentId` and `configurationId` in the catalog to find the configuration. `parentRunId` is the run of the flow that started it.',
    '- `inputs` and `outputs` are the tables that this run read and wrote; `storage/lineage/` has what all runs show together (`"knownBy": "job"`).',
    '- The configuration’s state appears only as a digest, and artifacts as links without credentials. Long texts are cut, which they say at',
    '  the end. Logs are in the platform: ask its API with the run’s id.',
    '- Compare the commit before a failed run with the one before the last successful run to see what changed: `git log -- <path>`.',
  ];
}
