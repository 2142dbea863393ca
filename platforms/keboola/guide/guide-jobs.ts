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
    `${kept[include]}, \`jobs/YYYY/MM/DD/HH/<run id>.json\` by the UTC time of its end, for ${retainDays} days. A day’s`,
    '`summary.json` is written when the day is over and stays: counts by status, failures with the first line of their error,',
    'and how long each configuration’s runs took. An hour with thousands of runs goes on in folders of minutes.',
    '',
    '```sh',
    'grep -rl --exclude=summary.json \'"status": "FAILED"\' jobs | sort | tail -1          # a failure of the last hour that had one',
    'grep -rl --exclude=summary.json \'"configurationId": "<id>"\' jobs | sort | tail -5   # the last runs of a configuration',
    'grep -h \'"error"\' jobs/*/*/*/summary.json                                         # what failed on days that are over',
    '```',
    '',
    '- `componentId` and `configurationId` lead to the configuration by the catalog; `parentRunId` is the flow’s run that started it.',
    '- `inputs` and `outputs` are the tables that this run read and wrote; `storage/lineage/` has what runs show over time (`"knownBy": "job"`).',
    '- The state of the configuration is here as a digest alone, artifacts as links without what opens them, long texts cut with a',
    '  note. Logs are in the platform: ask its API by the run’s id.',
    '- Compare the commit before a failed run with the one before the last good run to see what changed: `git log -- <path>`.',
  ];
}
