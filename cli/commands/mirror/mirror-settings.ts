import { Option, type Command } from 'commander';
import type { ApiClient } from '../../client/api-client.ts';
import { positive } from '../../client/number-option.ts';
import { credentialId } from '../access/credential-id.ts';

/** A mirror's settings, as they stand on the command line. */
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

/** Gives a command the options of a mirror's settings. */
export function settingsOptions(command: Command): Command {
  return command
    .requiredOption('--repository <url>', "the repository's HTTPS address, without user and token")
    .option('--git-branch <name>', 'the Git branch', 'main')
    .option('--subdirectory <path>', 'a folder inside the repository (default: its root)')
    .option('--credential <name>', 'the name or id of a credential (gitward credentials list)')
    .addOption(
      new Option('--secrets <how>', 'encrypted values as they are, or left out').choices([
        'encrypted',
        'omitted',
      ]),
    )
    .option('--samples', 'write the first rows of each table too')
    .option('--sample-rows <number>', 'how many rows', positive)
    .option('--no-jobs', 'leave job runs out')
    .option('--job-days <number>', 'how long job runs are kept, in days', positive)
    .addOption(
      new Option('--branch-path <how>', "the branch's folder is its name, or main").choices([
        'name',
        'main',
      ]),
    )
    .option(
      '--link-branches <patterns...>',
      'on the default branch: new development branches with such names also get a mirror (* is any text)',
    )
    .option(
      '--linked-git-branch <template>',
      'their Git branches: {branch} is the name, {id} the id (default: {branch})',
    )
    .option('--notify <emails...>', 'addresses to notify of outages');
}

/** The settings as the API takes them. Throws `UsageError` where there is no such credential. */
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
