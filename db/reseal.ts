import { sql, type RawBuilder } from 'kysely';
import { hostTokenContext } from './access/host-tokens.ts';
import { clientSecretContext } from './access/open-id-connect.ts';
import { providerTokensContext } from './access/provider-sessions.ts';
import { webhookContext } from './knowledge/spaces.ts';
import type { Db } from './connect.ts';
import { changeContext } from './mirror/change-bodies.ts';
import { dayContext } from './mirror/job-days.ts';
import { runContext } from './mirror/job-runs.ts';
import { tokenContext } from './mirror/projects.ts';
import { snapshotContext } from './mirror/snapshots.ts';
import { sampleContext } from './mirror/table-samples.ts';
import { expectedFileContext } from './mirror/verifications.ts';
import type { Sealer } from './sealing.ts';
import { fileContext } from './streams/batches.ts';
import { credentialContext, signingKeyContext } from './streams/credentials.ts';
import { fingerprintKeyContext } from './streams/installation.ts';
import { channelContext } from './streams/notice-channels.ts';

/** Where sealed values are kept, and what each belongs to, by the key of its row. */
interface SealedColumn {
  table: string;
  column: string;
  key: string[];
  context: (...key: string[]) => string;
}

/** All columns that hold sealed values. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'projects', column: 'source_token', key: ['id'], context: tokenContext },
  {
    table: 'installation',
    column: 'fingerprint_key',
    key: ['id'],
    context: fingerprintKeyContext,
  },
  { table: 'credentials', column: 'secret', key: ['id'], context: credentialContext },
  { table: 'credentials', column: 'signing_key', key: ['id'], context: signingKeyContext },
  { table: 'notice_channels', column: 'target', key: ['id'], context: channelContext },
  { table: 'host_tokens', column: 'secret', key: ['id'], context: hostTokenContext },
  { table: 'spaces', column: 'webhook_secrets', key: ['id'], context: webhookContext },
  {
    table: 'open_id_connect',
    column: 'client_secret',
    key: ['id'],
    context: clientSecretContext,
  },
  {
    table: 'sessions',
    column: 'provider_tokens',
    key: ['id'],
    context: providerTokensContext,
  },
  { table: 'batch_files', column: 'content', key: ['batch_id', 'path'], context: fileContext },
  {
    table: 'change_events',
    column: 'body',
    key: ['project_id', 'branch_id', 'sequence'],
    context: (projectId, branchId) => changeContext({ projectId, branchId }),
  },
  { table: 'job_runs', column: 'body', key: ['stream', 'run_id'], context: runContext },
  { table: 'job_days', column: 'body', key: ['stream', 'day'], context: dayContext },
  {
    table: 'table_samples',
    column: 'content',
    key: ['stream', 'table_id'],
    context: sampleContext,
  },
  ...['facts', 'storage'].map((column) => ({
    table: 'snapshots',
    column,
    key: ['stream'],
    context: (stream: string) => snapshotContext(stream, column),
  })),
  {
    table: 'snapshot_configurations',
    column: 'entry',
    key: ['stream', 'key'],
    context: snapshotContext,
  },
  {
    table: 'verification_files',
    column: 'expected',
    key: ['stream', 'path'],
    context: expectedFileContext,
  },
];

const rowsAtOnce = 50;

/**
 * Seals what one of the sealer's earlier keys sealed with its own key, and returns the number of values. It can be
 * interrupted and repeated, also while others write. It leaves what the sealer cannot open: see {@link findUnopened}.
 */
export async function reseal(db: Db, sealer: Sealer): Promise<number> {
  let count = 0;
  for (const column of sealedColumns) count += await resealColumn(db, sealer, column);
  return count;
}

async function resealColumn(db: Db, sealer: Sealer, sealed: SealedColumn): Promise<number> {
  const table = sql.table(sealed.table);
  const column = sql.ref(sealed.column);
  const key = sql.join(sealed.key.map((name) => sql.ref(name)));
  const [, ...previous] = sealer.headers;
  let count = 0;
  for (let after: string[] | null = null; ;) {
    const isNext: RawBuilder<unknown> =
      after === null ? sql`true` : sql`(${key}) > (${sql.join(after)})`;
    const { rows }: { rows: { key: string[]; value: Buffer }[] } = await sql<{
      key: string[];
      value: Buffer;
    }>`
      SELECT ARRAY[${sql.join(sealed.key.map((name) => sql`${sql.ref(name)}::text`))}] AS key, ${column} AS value
      FROM ${table} WHERE ${headerOf(column)} = ANY (${previous}::bytea[]) AND ${isNext}
      ORDER BY ${key} LIMIT ${rowsAtOnce}`.execute(db);
    for (const row of rows) {
      const context = sealed.context(...row.key);
      const value = sealer.seal(sealer.open(row.value, context), context);
      // Unless somebody replaced or removed it meanwhile.
      const { numAffectedRows = 0n } = await sql`
        UPDATE ${table} SET ${column} = ${value}
        WHERE (${key}) = (${sql.join(row.key)}) AND ${column} = ${row.value}`.execute(db);
      count += Number(numAffectedRows);
    }
    after = rows.at(-1)?.key ?? null;
    if (rows.length < rowsAtOnce) return count;
  }
}

/** A column with values that no key of a sealer opens. */
export interface Unopened {
  /** Such as `credentials.secret`. */
  column: string;
  /** The ids of the keys that sealed them, in hex. */
  keyIds: string[];
}

/**
 * Finds the columns with values that the sealer has no key for. It looks at the first and the last rows of each table (`rowsOfEach`),
 * or at all of them, which takes a second for each million.
 */
export async function findUnopened(
  db: Db,
  sealer: Sealer,
  rowsOfEach: number | 'all',
): Promise<Unopened[]> {
  const found: Unopened[] = [];
  for (const { table, column, key } of sealedColumns) {
    const value = sql.ref(column);
    const sealed = sql`SELECT ${value} FROM ${sql.table(table)} WHERE ${value} IS NOT NULL`;
    const end = (order: 'ASC' | 'DESC') =>
      sql`(${sealed} ORDER BY ${sql.join(key.map((name) => sql`${sql.ref(name)} ${sql.raw(order)}`))}
        LIMIT ${rowsOfEach})`;
    const looked = rowsOfEach === 'all' ? sealed : sql`${end('ASC')} UNION ALL ${end('DESC')}`;
    const { rows } = await sql<{ keyId: string }>`
      SELECT DISTINCT encode(substring(${headerOf(value)} FROM 2), 'hex') AS "keyId"
      FROM (${looked}) AS looked
      WHERE ${headerOf(value)} <> ALL (${[...sealer.headers]}::bytea[]) LIMIT 10`.execute(db);
    if (rows.length > 0)
      found.push({ column: `${table}.${column}`, keyIds: rows.map(({ keyId }) => keyId) });
  }
  return found;
}

/** A value's version and the id of the key that sealed it. */
function headerOf(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`substring(${column} FROM 1 FOR 9)`;
}
