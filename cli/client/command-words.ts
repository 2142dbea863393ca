import type { Command } from 'commander';

/** What the API says is wrong with a part of a request. */
export interface FieldError {
  /** JSON Pointer into the body, the query or the parameters of the path. */
  pointer: string;
  message: string;
}

/** What parts of requests are called on the command line, where that is not the name of an option or an argument. */
const names = new Map([
  ['fields', '--set'],
  ['body', '--body-file'],
  ['text', '--file'],
  ['q', '--query'],
  ['parts', '--part'],
  ['columns', '--column'],
  ['slug', '<new-name>'],
  ['path', '<new-name>'],
  ['credentialId', '--credential'],
  ['emails', '--notify'],
  ['secrets', 'the secret'],
  ['expiresAt', '--expires'],
]);

/** Options of every client command; parts of requests with these names are something else. */
const ofClients = new Set(['json', 'url']);

/**
 * What is wrong with a request, said about what was given on the command line: `--limit must be <= 200.`
 */
export function inCommandWords(errors: readonly FieldError[], command: Command): string {
  const lines = errors.map(({ pointer, message }) => `${nameOf(pointer, command)} ${message}`);
  const [only = ''] = lines;
  if (lines.length === 1) return `${only.trim().replace(/\.$/, '')}.`;
  return ['The command line is not right:', ...lines.map((line) => `  ${line}`)].join('\n');
}

/** The option or the argument that a part of a request comes from, or else the part itself. */
function nameOf(pointer: string, command: Command): string {
  const parts = pointer.split('/').slice(1);
  const [first = '', second] = parts;
  if (first === 'fields' && second !== undefined) return `--set ${second}`;
  for (const part of parts.toReversed()) {
    const option = command.options.find(
      (one) => one.attributeName() === part && !ofClients.has(part),
    );
    if (option !== undefined) return option.long ?? option.flags;
    if (command.registeredArguments.some((one) => one.name() === part)) return `<${part}>`;
    const name = names.get(part);
    if (name !== undefined) return name;
  }
  return parts.join('.');
}
