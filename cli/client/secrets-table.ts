import type { Item } from './answers.ts';
import { table } from './layout.ts';

type Secret = Item<'GET /v1/projects/:project/mirrors/:branch/secrets'>;

/** Where secrets were recognised, one per line. */
export function secretsTable(secrets: readonly Secret[]): string {
  return table(
    ['file', 'line', 'kind', 'fingerprint', 'state', 'since'],
    secrets.map(({ path, line, column, rule, fingerprint, masked, since }) => [
      ...[path, `${line}:${column}`, rule, fingerprint],
      ...[masked ? 'masked' : 'in Git', since],
    ]),
    'No secrets were recognised in texts.',
  );
}
