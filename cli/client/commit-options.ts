import type { Command } from 'commander';
import { UsageError } from './client-command.ts';

/** What the host asks of commits, as given on the command line. */
export interface CommitOptions {
  committer?: string;
  subjectPrefix?: string;
  subjectSuffix?: string;
  pushOption?: string[];
}

/** Adds the options for what a host asks of commits and pushes. */
export function commitOptions(command: Command): Command {
  return command
    .option('--committer <person>', 'whom commits name as their committer: "Name <address>"')
    .option('--subject-prefix <text>', 'what the subjects of commits begin with')
    .option('--subject-suffix <text>', 'what they end with, such as "[skip ci]"')
    .option('--push-option <options...>', 'sent with each push, as git push --push-option does');
}

/** These settings as the API expects them; without those that were not given. Throws `UsageError`. */
export function commitsOf(options: CommitOptions): object {
  const { committer, subjectPrefix, subjectSuffix, pushOption } = options;
  return {
    ...(committer === undefined ? {} : { committer: personOf(committer) }),
    ...(subjectPrefix === undefined ? {} : { subjectPrefix }),
    ...(subjectSuffix === undefined ? {} : { subjectSuffix }),
    ...(pushOption === undefined ? {} : { pushOptions: pushOption }),
  };
}

function personOf(text: string): { name: string; email: string } {
  const [, name, email] = /^\s*([^<>]+?)\s*<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text) ?? [];
  if (name === undefined || email === undefined)
    throw new UsageError(`--committer is "${text}": write it as "Name <address>".`);
  return { name, email };
}
