import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { sealedColumns } from '../reseal.ts';
import type { Sealer } from '../sealing.ts';

/** The sealed columns that hold secrets of others, rather than content. */
const columnsOfSecrets = [
  'projects.source_token',
  'credentials.secret',
  'credentials.signing_key',
  'host_tokens.secret',
  'notice_channels.target',
  'spaces.webhook_secrets',
  'open_id_connect.client_secret',
  'sessions.provider_tokens',
];

/** More than anybody has. */
const mostOfEach = 10_000;

/** The secrets in the database, in plain text, so that they can be recognised and removed. */
export interface StoredSecrets {
  secrets: string[];
  /** How many could not be opened, and so are not in the list. */
  unopened: number;
}

/** Opens every secret of others in the database: never log or return them. */
export async function openStoredSecrets(db: Db, sealer: Sealer): Promise<StoredSecrets> {
  const secrets: string[] = [];
  let unopened = 0;
  for (const { table, column, key, context } of sealedColumns) {
    if (!columnsOfSecrets.includes(`${table}.${column}`)) continue;
    const names = sql.join(key.map((name) => sql`${sql.ref(name)}::text`));
    const { rows } = await sql<{ key: string[]; value: Buffer }>`
      SELECT ARRAY[${names}] AS key, ${sql.ref(column)} AS value FROM ${sql.table(table)}
      WHERE ${sql.ref(column)} IS NOT NULL LIMIT ${mostOfEach}`.execute(db);
    for (const row of rows)
      try {
        secrets.push(...textsIn(sealer.open(row.value, context(...row.key)).toString('utf8')));
      } catch {
        unopened += 1;
      }
  }
  return { secrets, unopened };
}

/** A secret as it is, or the texts in one that is stored as JSON. */
function textsIn(stored: string): string[] {
  if (!/^[[{]/.test(stored)) return [stored];
  const texts: string[] = [];
  try {
    JSON.parse(stored, (_name, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
    return texts;
  } catch {
    return [stored];
  }
}
