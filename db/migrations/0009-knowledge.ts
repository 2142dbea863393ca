import { sql, type Kysely } from 'kysely';

/** The knowledge base's tables. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE spaces (
      id text PRIMARY KEY,
      name text NOT NULL,
      repository_url text NOT NULL,
      repository_branch text NOT NULL,
      credential_id uuid REFERENCES credentials (id),
      root text NOT NULL,
      rules jsonb NOT NULL,
      webhook_scheme text CHECK (webhook_scheme IN ('github', 'gitlab', 'gitea')),
      webhook_secrets bytea,
      kinds json NOT NULL DEFAULT '[]',
      problems jsonb NOT NULL DEFAULT '[]',
      last_sequence bigint NOT NULL DEFAULT 0,
      rung_at timestamptz,
      synced_sha text,
      synced_at timestamptz,
      delivered_sha text,
      delivered_at timestamptz,
      indexed_sha text,
      approved_at timestamptz,
      reread_wanted boolean NOT NULL DEFAULT false,
      paused_at timestamptz,
      ended_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT spaces_webhook CHECK ((webhook_scheme IS NULL) = (webhook_secrets IS NULL))
    )`.execute(db);

  // A tsvector holds at most 1 MB, and a text of four-byte letters with hyphens can take nine bytes
  // a character, so anything beyond 100,000 characters cannot be searched.
  await sql`
    CREATE TABLE entries (
      space_id text NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
      id text COLLATE "C" NOT NULL,
      kind text NOT NULL,
      path text COLLATE "C" NOT NULL,
      declared_id text,
      title text NOT NULL,
      fields jsonb NOT NULL,
      problems jsonb NOT NULL DEFAULT '[]',
      head_blob text,
      head_text text,
      git_blob text,
      git_text text,
      commit_sha text,
      synced_at timestamptz,
      waiting boolean NOT NULL DEFAULT false,
      conflicted boolean NOT NULL DEFAULT false,
      failure jsonb,
      updated_by text,
      updated_at timestamptz NOT NULL,
      search tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', left(title, 1000)), 'A') ||
        setweight(to_tsvector('simple', left(coalesce(head_text, ''), 100000)), 'B')
      ) STORED,
      PRIMARY KEY (space_id, id)
    )`.execute(db);
  // Not unique: an entry that only a conflict keeps, because Git no longer has it, may share its
  // former path with another entry.
  await sql`CREATE INDEX entries_path ON entries (space_id, path)`.execute(db);
  // No list of entries that are yet to be indexed: while that list is long, as after a first sync,
  // searches would have to scan all of it.
  await sql`CREATE INDEX entries_search ON entries USING gin (search) WITH (fastupdate = off)`.execute(
    db,
  );
  await sql`CREATE INDEX entries_fields ON entries USING gin (fields jsonb_path_ops)`.execute(db);
  await sql`CREATE INDEX entries_updated ON entries (space_id, updated_at DESC, id)`.execute(db);
  await sql`CREATE INDEX entries_title ON entries (space_id, kind, title, id)`.execute(db);
  await sql`CREATE INDEX entries_declared ON entries (space_id, declared_id)`.execute(db);

  await sql`
    CREATE TABLE conflicts (
      id uuid PRIMARY KEY,
      space_id text NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
      entry_id text COLLATE "C" NOT NULL,
      kind text NOT NULL,
      path text NOT NULL,
      base_text text,
      git_text text,
      git_commit text,
      git_author text,
      git_at timestamptz,
      mine_text text,
      mine_authors jsonb NOT NULL,
      mine_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      settled jsonb
    )`.execute(db);
  await sql`CREATE INDEX conflicts_open ON conflicts (space_id, created_at, id) WHERE settled IS NULL`.execute(
    db,
  );
  await sql`CREATE INDEX conflicts_entry ON conflicts (space_id, entry_id)`.execute(db);

  await sql`
    CREATE TABLE operations (
      id uuid PRIMARY KEY,
      space_id text NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
      type text NOT NULL CHECK (type IN ('export', 'sync', 'import')),
      dry_run boolean NOT NULL,
      settings jsonb NOT NULL,
      person jsonb NOT NULL,
      token_id uuid,
      state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
      total integer NOT NULL DEFAULT 0,
      done integer NOT NULL DEFAULT 0,
      counts jsonb NOT NULL DEFAULT '{}',
      current text,
      failure jsonb,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      ended_at timestamptz
    )`.execute(db);
  await sql`CREATE INDEX operations_space ON operations (space_id, created_at)`.execute(db);
  await sql`
    CREATE TABLE operation_items (
      operation_id uuid NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
      ordinal integer NOT NULL,
      name text NOT NULL,
      content text,
      outcome text,
      entry_id text,
      message text,
      PRIMARY KEY (operation_id, ordinal)
    )`.execute(db);

  await sql`
    CREATE TABLE saves (
      id uuid PRIMARY KEY,
      space_id text NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
      sequence bigint NOT NULL,
      entry_id text COLLATE "C" NOT NULL,
      kind text NOT NULL,
      path text NOT NULL,
      action text NOT NULL CHECK (action IN ('create', 'edit', 'delete', 'restore', 'settle')),
      base_text text,
      text text,
      current_text text,
      person jsonb NOT NULL,
      token_id uuid,
      via text NOT NULL,
      message text,
      created_at timestamptz NOT NULL DEFAULT now(),
      state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'unneeded', 'conflict')),
      batch_id uuid REFERENCES batches (id),
      commit_sha text,
      delivered_at timestamptz,
      conflict_id uuid REFERENCES conflicts (id),
      operation_id uuid REFERENCES operations (id) ON DELETE SET NULL,
      UNIQUE (space_id, sequence)
    )`.execute(db);
  await sql`CREATE INDEX saves_waiting ON saves (space_id, sequence) WHERE state = 'waiting'`.execute(
    db,
  );
  await sql`CREATE INDEX saves_entry ON saves (space_id, entry_id, sequence)`.execute(db);
  await sql`CREATE INDEX saves_batch ON saves (batch_id)`.execute(db);
  await sql`CREATE INDEX saves_operation ON saves (operation_id) WHERE operation_id IS NOT NULL`.execute(
    db,
  );

  // Positions count along the branch's first-parent line; `effective_at` never decreases along it.
  await sql`
    CREATE TABLE space_commits (
      space_id text NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
      position bigint NOT NULL,
      sha text NOT NULL,
      author_name text NOT NULL,
      author_email text NOT NULL,
      authored_at timestamptz NOT NULL,
      effective_at timestamptz NOT NULL,
      subject text NOT NULL,
      via text NOT NULL,
      PRIMARY KEY (space_id, position)
    )`.execute(db);
  await sql`CREATE UNIQUE INDEX space_commits_sha ON space_commits (space_id, sha)`.execute(db);
  await sql`CREATE INDEX space_commits_effective ON space_commits (space_id, effective_at, position)`.execute(
    db,
  );
  await sql`
    CREATE TABLE entry_versions (
      space_id text NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
      entry_id text COLLATE "C" NOT NULL,
      position bigint NOT NULL,
      kind text NOT NULL,
      path text COLLATE "C" NOT NULL,
      previous_path text COLLATE "C",
      blob_id text,
      PRIMARY KEY (space_id, entry_id, position)
    )`.execute(db);
  await sql`CREATE INDEX entry_versions_recent ON entry_versions (space_id, position DESC, entry_id)`.execute(
    db,
  );

  await sql`
    CREATE TABLE sync_logs (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      space_id text NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
      entry_id text COLLATE "C",
      at timestamptz NOT NULL DEFAULT now(),
      direction text NOT NULL CHECK (direction IN ('to_git', 'from_git')),
      outcome text NOT NULL,
      commit_sha text,
      actor text,
      message text NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX sync_logs_entry ON sync_logs (space_id, entry_id, id DESC)`.execute(db);

  await sql`
    CREATE TABLE webhook_deliveries (
      space_id text NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
      delivery_id text NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (space_id, delivery_id)
    )`.execute(db);

  // A token that is limited to some projects was made for these: it sees no space until someone
  // grants it one.
  await sql`ALTER TABLE tokens ADD COLUMN spaces jsonb`.execute(db);
  await sql`UPDATE tokens SET spaces = '[]' WHERE projects IS NOT NULL`.execute(db);
}
