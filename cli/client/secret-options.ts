import { Option, type Command } from 'commander';
import { secretsInText } from '../../model/text/secrets-in-text.ts';

/** What happens to secrets in texts, as given on the command line. */
export interface SecretOptions {
  secretsInText?: string;
  allowSecrets?: string[];
  allowSecretsIn?: string[];
}

/** Adds the options for secrets in texts to a command that changes a mirror or a space. */
export function secretOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--secrets-in-text <how>',
        'what happens to secrets that are recognised in texts: mask them (a space refuses the save), only report them, ' +
          'or do not look (default: mask)',
      ).choices(secretsInText),
    )
    .option('--allow-secrets <fingerprints...>', 'findings that may stay (… secrets lists them)')
    .option('--allow-secrets-in <paths...>', 'files that are not looked at (* matches any text)');
}

/** The settings as the API expects them. */
export function secretSettings(options: SecretOptions): object {
  const { allowSecrets: fingerprints, allowSecretsIn: paths } = options;
  return {
    ...(options.secretsInText === undefined ? {} : { secretsInText: options.secretsInText }),
    ...(fingerprints === undefined && paths === undefined
      ? {}
      : { allowedSecrets: { ...(fingerprints && { fingerprints }), ...(paths && { paths }) } }),
  };
}
