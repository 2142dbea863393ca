import { sql, type Kysely } from 'kysely';

/** Samples of tables, and who may read repositories. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE table_samples (
      stream text NOT NULL,
      table_id text COLLATE "C" NOT NULL,
      asked text NOT NULL,
      changed_at text,
      read_at timestamptz NOT NULL,
      content bytea,
      PRIMARY KEY (stream, table_id)
    )`.execute(db);
  await sql`
    CREATE TABLE visibilities (
      stream text PRIMARY KEY,
      repository_url text NOT NULL,
      result text NOT NULL CHECK (result IN ('public', 'private', 'unknown')),
      reason text NOT NULL,
      checked_at timestamptz NOT NULL
    )`.execute(db);
  // Existing mirrors get the settings of samples that were the model's defaults at the time of this
  // migration.
  await sql`
    UPDATE mirrors SET policy = jsonb_set(policy, '{samples}', ${JSON.stringify(defaults)}::jsonb
      || coalesce(policy -> 'samples', '{}')
      || jsonb_build_object('rows', least(100, coalesce((policy #>> '{samples,rows}')::int, 100))))
    `.execute(db);
}

const defaults = {
  enabled: false,
  rows: 100,
  formats: ['csv'],
  exclude: [],
  excludeMetadata: [],
  personalDataTags: [
    'pii',
    'spi',
    'phi',
    'pci',
    'gdpr',
    'personal',
    'personal data',
    'personal information',
    'sensitive',
    'sensitive data',
    'confidential',
    'secret',
    'restricted',
  ],
  mask: { columns: [] },
  refresh: 'change',
  maxBytes: 262_144,
};
