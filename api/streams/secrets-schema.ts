import { Type } from '@fastify/type-provider-typebox';
import { guardSettings } from '../../model/text/secrets-in-text.ts';
import type { FindingPlace, StoredFinding } from '../../db/streams/secret-findings.ts';
import { pageStart } from '../http/paging.ts';
import { OneOf, Strict, Time } from '../http/schema-parts.ts';

const Fingerprint = Type.String({ pattern: '^[0-9a-f]{32}$' });

const PathPattern = Type.String({
  minLength: 1,
  maxLength: 1_000,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
});

/** What happens to secrets in texts, and which may stay; both have defaults. */
export const secretFields = {
  secretsInText: Type.Optional(
    Type.Unsafe<'mask' | 'warn' | 'off'>({
      ...OneOf('mask', 'warn', 'off'),
      description:
        'What happens to secrets that are recognised in texts, such as a key in code or in a description: a mirror writes a ' +
        'placeholder, and a space refuses the save (`mask`, the default), they are only reported (`warn`), or not looked for (`off`).',
    }),
  ),
  allowedSecrets: Type.Optional(
    Strict(
      {
        paths: Type.Optional(
          Type.Array(PathPattern, {
            maxItems: 500,
            uniqueItems: true,
            description: 'Files that are not looked at; `*` matches any text.',
          }),
        ),
        fingerprints: Type.Optional(
          Type.Array(Fingerprint, {
            maxItems: 5_000,
            uniqueItems: true,
            description: 'The fingerprints of findings that are no secrets, or may be seen.',
          }),
        ),
      },
      { description: 'What may stay although it looks like a secret.' },
    ),
  ),
};

/** As {@link secretFields}, with all of it. */
export const secretSettingsView = {
  secretsInText: OneOf('mask', 'warn', 'off'),
  allowedSecrets: Type.Object({
    paths: Type.Array(Type.String()),
    fingerprints: Type.Array(Type.String()),
  }),
};

/** The settings of a policy, as {@link secretSettingsView}. */
export function secretSettingsOf(policy: Parameters<typeof guardSettings>[0]) {
  const { mode, allowed } = guardSettings(policy);
  return { secretsInText: mode, allowedSecrets: allowed };
}

/** Where a secret was recognised; never what it is. */
export const SecretFindingView = Type.Object({
  path: Type.String(),
  line: Type.Integer({ description: 'From 1.' }),
  column: Type.Integer({ description: 'From 1, in UTF-16 code units.' }),
  rule: Type.String({ description: 'The kind of secret, such as `keboola-token`.' }),
  fingerprint: Type.String({
    description:
      'For `allowedSecrets`: the same for the same value, anywhere in this installation.',
  }),
  masked: Type.Boolean({ description: 'Whether a placeholder is in its place.' }),
});

/** A finding, and since when the file has it. */
export const StoredFindingView = Type.Object({ ...SecretFindingView.properties, since: Time });

/** A finding as the API returns it. */
export function findingView({ foundAt, ...finding }: StoredFinding) {
  return { ...finding, since: foundAt.toISOString() };
}

/** Line, column and path of the last finding of a page. */
const place = /^(\d{1,9}):(\d{1,9}):([^\0]{1,3000})$/s;

/** Where a page of findings starts. Throws 422 for any other cursor. */
export function findingStart(query: Parameters<typeof pageStart>[0]): {
  limit: number;
  after: FindingPlace | null;
} {
  const { limit, after } = pageStart(query, place);
  const [, line, column, path] = place.exec(after ?? '') ?? [];
  return {
    limit,
    after: path === undefined ? null : { path, line: Number(line), column: Number(column) },
  };
}

/** The cursor of what comes after a finding. */
export function nextFinding({ path, line, column }: FindingPlace): string {
  return `${line}:${column}:${path}`;
}
