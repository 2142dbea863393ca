import type { MirrorPolicy } from '../../../model/mirror/mirror.ts';
import { secretPlaceholder } from '../../../model/text/secrets-in-text.ts';
import { clearPlaceholder, encryptedPlaceholder } from '../../tree/secrets.ts';

/** The chapter on the files in a configuration's folder. */
export function configurationsChapter(branchFolder: string): string[] {
  return [
    '## How to read a configuration',
    '',
    `A configuration is a folder, \`<component type>/<component id>/<name>/\` below \`${branchFolder}/\`:`,
    '',
    '| file | contains |',
    '| --- | --- |',
    '| `meta.json` | its name, and whether it is disabled |',
    '| `description.md` | what people wrote about it |',
    '| `config.json` | its content: `parameters`, `storage.input` and `storage.output` (mappings), `processors`, `authorization` |',
    '| `rows/<name>/` | a row (often a table or a query): the same three files |',
    '| `blocks/001-<block>/001-<code>/` | the code of transformations, in order: `code.sql`, `code.py`, `code.r`, …; it is not in `config.json` |',
    '| `phases/001-<phase>/001-<task>/` | what an orchestration runs, in order; a task names the configuration that it runs |',
    '| `variables/`, `schedules/` | configurations that belong to this one |',
    '| `_shared/<component id>/codes/` | next to the component types: code that several transformations use |',
    '',
    'Folder names are slugs of names (with `-001` and so on if they collide). Ids are in the catalog and the manifest, not in these files.',
  ];
}

/** The chapter on what replaces secrets, and what never to do with them. */
export function secretsChapter(secrets: MirrorPolicy['secrets']): string[] {
  const encrypted =
    secrets === 'encrypted'
      ? '- `KBC::…` is a value that the platform encrypted. Nothing here can decrypt it; only a running component can.'
      : `- \`${encryptedPlaceholder}\` stands for a value that is encrypted in the platform.`;
  return [
    '## Secrets',
    '',
    'A key that begins with `#` has a secret as its value.',
    '',
    encrypted,
    `- \`${clearPlaceholder}\` stands for a value that was not encrypted in the platform: the secret should be changed, and encrypted there.`,
    `- \`${secretPlaceholder}\` stands where a text, such as code or a description, has a secret in the platform.`,
    '- `{{ vault.name }}` names a secret in the vault.',
    '',
    'Never write a password, a token or a key into a file, a commit, a description, a log or an answer. Never send a placeholder back to the',
    'platform: it would become the value. Leave the key out, or ask a person to enter it in the platform. Do not copy an encrypted value',
    'to another project, component or configuration, and do not try to decrypt it. If you find a secret in clear',
    'text, for example in code, say where it is, and do not repeat it.',
  ];
}
