import { readFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import type { ApiClient } from '../../client/api-client.ts';
import { UsageError } from '../../client/client-command.ts';
import { commitOptions, commitsOf, type CommitOptions } from '../../client/commit-options.ts';
import { positive } from '../../client/number-option.ts';
import { secretOptions, secretSettings, type SecretOptions } from '../../client/secret-options.ts';
import { credentialId } from '../access/credential-id.ts';
import { channelsOf } from '../operators/channel-id.ts';

/** A mirror's settings, as given on the command line. */
export interface SettingsOptions extends CommitOptions, SecretOptions {
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
  channels?: string[];
  authors?: string;
  reply?: boolean;
  attributes?: boolean;
  drift?: string;
  newBranch?: string;
  adopt?: boolean;
}

/** Adds the options for a mirror's settings to a command. */
export function settingsOptions(command: Command): Command {
  return secretOptions(commitOptions(command))
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
    .option('--notify <emails...>', 'addresses to notify of outages')
    .option('--channels <names...>', 'channels to notify of outages: see `gitward channels`')
    .option(
      '--authors <file>',
      'who the authors of the platform are in Git: a JSON file with [{"from": …, "name": …, "email": …}]',
    )
    .option('--no-reply', 'name the other authors without their addresses')
    .option('--no-attributes', 'write no .gitattributes in our folders')
    .addOption(
      new Option(
        '--drift <how>',
        'if others change our files: only report it, or restore them',
      ).choices(['report', 'restore']),
    )
    .addOption(
      new Option(
        '--new-branch <how>',
        "whether a new Git branch begins with the repository's default branch",
      ).choices(['default', 'empty']),
    );
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
    ...secretSettings(options),
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
    notify: {
      emails: options.notify ?? [],
      ...(await channelsOf(client, options.channels)),
    },
    commits: { ...commitsOf(options), ...(await authorsOf(options)) },
    attributes: options.attributes !== false,
    ...(options.drift === undefined ? {} : { drift: options.drift }),
    ...(options.newBranch === undefined ? {} : { newBranch: options.newBranch }),
  };
}

/** Who the authors are in Git. */
async function authorsOf({ authors, reply }: SettingsOptions): Promise<object> {
  return {
    ...(authors === undefined ? {} : { authors: await readAuthors(authors) }),
    // Commander calls `--no-reply` so.
    ...(reply === false ? { noReply: true } : {}),
  };
}

async function readAuthors(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--authors: ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

function developmentBranches({ linkBranches, linkedGitBranch }: SettingsOptions): object {
  if (linkBranches === undefined) return {};
  const gitBranch = linkedGitBranch === undefined ? {} : { gitBranch: linkedGitBranch };
  return { developmentBranches: { link: linkBranches, ...gitBranch } };
}
