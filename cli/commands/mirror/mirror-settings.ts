import { Option, type Command } from 'commander';
import type { ApiClient } from '../../client/api-client.ts';
import { positive } from '../../client/number-option.ts';
import { credentialId } from '../access/credential-id.ts';

/** A mirror's settings, as given on the command line. */
export interface SettingsOptions {
  repository: string;
  gitBranch: string;
  subdirectory?: string;
  credential?: string;
  secrets?: string;
  samples?: boolean;
  sampleRows?: number;
  jobs?: boolean;
  jobDays?: number;
  branchPath?: string;
  linkBranches?: string[];
  linkedGitBranch?: string;
  notify?: string[];
  adopt?: boolean;
}

/** Adds the options for a mirror's settings to a command. */
export function settingsOptions(command: Command): Command {
  return command
    .requiredOption('--repository <url>', "the repository's HTTPS address, without user and token")
    .option('--git-branch <name>', 'the Git branch', 'main')
    .option('--subdirectory <path>', 'a folder inside the repository (default: its root)')
    .option('--credential <name>', 'the name or id of a credential (gitward credentials list)')
    .addOption(
      new Option(
        '--secrets <how>',
        'write encrypted values as they are, or leave them out',
      ).choices(['encrypted', 'omitted']),
    )
    .option('--samples', 'also write the first rows of each table')
    .option('--sample-rows <number>', 'how many rows to write', positive)
    .option('--no-jobs', 'leave out job runs')
    .option('--job-days <number>', 'how many days to keep job runs', positive)
    .addOption(
      new Option(
        '--branch-path <how>',
        "whether the branch's folder is named after the branch or is called main",
      ).choices(['name', 'main']),
    )
    .option(
      '--link-branches <patterns...>',
      'on the default branch: new development branches whose names match also get a mirror (* matches any text)',
    )
    .option(
      '--linked-git-branch <template>',
      'names of their Git branches: {branch} is the name, {id} the id (default: {branch})',
    )
    .option('--notify <emails...>', 'addresses to notify of outages');
}

/** The settings as the API expects them. Throws `UsageError` if there is no such credential. */
export async function settingsBody(client: ApiClient, options: SettingsOptions): Promise<object> {
  const { credential, sampleRows, jobDays } = options;
  return {
    repository: {
      url: options.repository,
      branch: options.gitBranch,
      ...(options.subdirectory === undefined ? {} : { subdirectory: options.subdirectory }),
      ...(credential === undefined ? {} : { credentialId: await credentialId(client, credential) }),
    },
    ...(options.secrets === undefined ? {} : { secrets: options.secrets }),
    samples: {
      enabled: options.samples === true,
      ...(sampleRows === undefined ? {} : { rows: sampleRows }),
    },
    jobs: {
      enabled: options.jobs !== false,
      ...(jobDays === undefined ? {} : { retainDays: jobDays }),
    },
    ...(options.branchPath === undefined ? {} : { branchPath: options.branchPath }),
    ...developmentBranches(options),
    notify: { emails: options.notify ?? [] },
  };
}

function developmentBranches({ linkBranches, linkedGitBranch }: SettingsOptions): object {
  if (linkBranches === undefined) return {};
  const gitBranch = linkedGitBranch === undefined ? {} : { gitBranch: linkedGitBranch };
  return { developmentBranches: { link: linkBranches, ...gitBranch } };
}
