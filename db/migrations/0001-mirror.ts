import { sql, type Kysely } from 'kysely';

/** The mirror's tables. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE installation (
      id uuid PRIMARY KEY,
      created_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db);
  await sql`INSERT INTO installation (id) VALUES (gen_random_uuid())`.execute(db);

  await sql`
    CREATE TABLE projects (
      id text PRIMARY KEY,
      name text NOT NULL,
      source_kind text NOT NULL CHECK (source_kind IN ('keboola', 'sample')),
      source_url text,
      source_token bytea,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db);

  await sql`
    CREATE TABLE credentials (
      id uuid PRIMARY KEY,
      name text NOT NULL UNIQUE,
      kind text NOT NULL CHECK (kind IN ('https_token')),
      username text NOT NULL,
      secret bytea NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      rotated_at timestamptz
    )`.execute(db);

  await sql`
    CREATE TABLE mirrors (
      project_id text NOT NULL REFERENCES projects (id),
      branch_id text NOT NULL,
      repository_url text NOT NULL,
      repository_branch text NOT NULL,
      subdirectory text NOT NULL,
      credential_id uuid REFERENCES credentials (id),
      policy jsonb NOT NULL,
      generation bigint NOT NULL DEFAULT 0,
      last_sequence bigint NOT NULL DEFAULT 0,
      rung_at timestamptz,
      resync_reason text,
      delivered_sha text,
      delivered_at timestamptz,
      initialized_at timestamptz,
      paused_at timestamptz,
      ended_at timestamptz,
      replaced_secrets jsonb NOT NULL DEFAULT '[]',
      warnings jsonb NOT NULL DEFAULT '[]',
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (project_id, branch_id)
    )`.execute(db);
  // Two mirrors that write the same files would undo each other's changes forever.
  await sql`
    CREATE UNIQUE INDEX mirrors_place ON mirrors (repository_url, repository_branch, subdirectory)
      WHERE ended_at IS NULL`.execute(db);

  await sql`
    CREATE TABLE batches (
      id uuid PRIMARY KEY,
      stream text NOT NULL,
      ordinal bigint NOT NULL,
      window_key text NOT NULL,
      reason text NOT NULL,
      through bigint NOT NULL,
      message jsonb NOT NULL,
      authored_at timestamptz NOT NULL,
      window_opened_at timestamptz,
      window_closed_at timestamptz NOT NULL,
      state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'superseded')),
      commit_sha text,
      delivered_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (stream, ordinal),
      UNIQUE (stream, window_key)
    )`.execute(db);
  await sql`CREATE INDEX batches_waiting ON batches (stream, ordinal) WHERE state = 'waiting'`.execute(
    db,
  );

  await sql`
    CREATE TABLE batch_files (
      batch_id uuid NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
      path text COLLATE "C" NOT NULL,
      blob_id text,
      content bytea,
      PRIMARY KEY (batch_id, path)
    )`.execute(db);

  await sql`
    CREATE TABLE change_events (
      project_id text NOT NULL,
      branch_id text NOT NULL,
      sequence bigint NOT NULL,
      type text NOT NULL,
      component_id text NOT NULL DEFAULT '',
      config_id text,
      version_identifier text NOT NULL,
      incarnation text NOT NULL DEFAULT '',
      version bigint,
      author text,
      occurred_at timestamptz NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      description text,
      body bytea NOT NULL,
      batch_id uuid REFERENCES batches (id),
      commit_sha text,
      delivered_at timestamptz,
      PRIMARY KEY (project_id, branch_id, sequence),
      UNIQUE (type, project_id, branch_id, component_id, version_identifier, incarnation),
      FOREIGN KEY (project_id, branch_id) REFERENCES mirrors (project_id, branch_id)
    )`.execute(db);
  await sql`
    CREATE INDEX change_events_waiting ON change_events (project_id, branch_id, sequence)
      WHERE batch_id IS NULL AND delivered_at IS NULL`.execute(db);
  await sql`
    CREATE INDEX change_events_undelivered ON change_events (project_id, branch_id)
      WHERE delivered_at IS NULL`.execute(db);
  await sql`CREATE INDEX change_events_batch ON change_events (batch_id)`.execute(db);

  await sql`
    CREATE TABLE rendered_files (
      stream text NOT NULL,
      path text COLLATE "C" NOT NULL,
      blob_id text NOT NULL,
      owner text NOT NULL,
      PRIMARY KEY (stream, path)
    )`.execute(db);

  await sql`
    CREATE TABLE outages (
      id uuid PRIMARY KEY,
      stream text NOT NULL,
      lane text NOT NULL CHECK (lane IN ('source', 'repository')),
      since timestamptz NOT NULL,
      attempts integer NOT NULL,
      code text NOT NULL,
      message text NOT NULL,
      last_attempt_at timestamptz NOT NULL,
      next_attempt_at timestamptz,
      escalated_at timestamptz,
      ended_at timestamptz
    )`.execute(db);
  await sql`CREATE UNIQUE INDEX outages_open ON outages (stream, lane) WHERE ended_at IS NULL`.execute(
    db,
  );

  await sql`
    CREATE TABLE notices (
      outage_id uuid NOT NULL REFERENCES outages (id),
      kind text NOT NULL,
      recipient text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      sent_at timestamptz,
      last_error text,
      PRIMARY KEY (outage_id, kind, recipient)
    )`.execute(db);

  await sql`
    CREATE TABLE tokens (
      id uuid PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('person', 'machine')),
      name text NOT NULL,
      email text,
      role text NOT NULL,
      projects text[],
      token_hash text NOT NULL UNIQUE,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_used_at timestamptz,
      revoked_at timestamptz
    )`.execute(db);

  await sql`
    CREATE TABLE audit_log (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at timestamptz NOT NULL DEFAULT now(),
      token_id uuid,
      actor text NOT NULL,
      action text NOT NULL,
      target text NOT NULL,
      request_id text,
      detail jsonb NOT NULL DEFAULT '{}'
    )`.execute(db);

  await sql`
    CREATE TABLE sample_changes (
      project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
      ordinal bigint NOT NULL,
      change jsonb NOT NULL,
      author text NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (project_id, ordinal)
    )`.execute(db);
}
