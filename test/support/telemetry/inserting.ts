import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../../db/connect.ts';

/** What a change is like: received so many minutes ago, and delivered now (or so many minutes ago) after so many seconds. */
interface InsertedChange {
  minutes?: number;
  batchId?: string | null;
  componentId?: string;
  delivered?: boolean | number;
  took?: number;
}

/** Inserts what figures are read from, as it would be after some time; times are ago. */
export function inserting(db: Db) {
  let sequence = 0;

  async function project(id: string, rest: { planTier?: string; region?: string } = {}) {
    await db
      .insertInto('projects')
      .values({ id, name: 'P', sourceKind: 'sample', defaultBranchId: 'main', ...rest })
      .execute();
  }

  async function mirror(
    projectId: string,
    branchId = 'main',
    url = `https://bot@git.example:8443/${projectId}/${branchId}.git`,
  ) {
    await sql`
      INSERT INTO mirrors (project_id, branch_id, repository_url, repository_branch, subdirectory, policy)
      VALUES (${projectId}, ${branchId}, ${url}, ${branchId}, '', '{}')`.execute(db);
  }

  /** A delivered batch of a stream, so many hours ago; returns its id. */
  async function batch(
    stream: string,
    {
      hours = 0.5,
      sha = randomUUID(),
      eventType = 'none',
      redactions = 0,
      took = 0,
    }: {
      hours?: number;
      sha?: string;
      eventType?: string;
      redactions?: number;
      /** The seconds from its window's close. */
      took?: number;
    } = {},
  ): Promise<string> {
    const id = randomUUID();
    await sql`
      INSERT INTO batches (id, stream, ordinal, window_key, reason, through, message, authored_at, window_closed_at,
        state, commit_sha, delivered_at, redactions, event_type)
      SELECT ${id}, ${stream}, coalesce(max(ordinal), 0) + 1, ${id}, 'changes', 1, '{}', now(),
        now() - make_interval(secs => ${hours * 3_600 + took}), 'delivered',
        ${sha}, now() - make_interval(secs => ${hours * 3_600}), ${redactions}, ${eventType}
      FROM batches WHERE stream = ${stream}`.execute(db);
    return id;
  }

  async function change(projectId: string, branchId: string, rest: InsertedChange = {}) {
    sequence += 1;
    const {
      minutes = 0,
      batchId = null,
      componentId = 'ex',
      delivered = false,
      took = 86_400,
    } = rest;
    const deliveredMinutes = typeof delivered === 'number' ? delivered : 0;
    await sql`
      INSERT INTO change_events (project_id, branch_id, sequence, type, component_id, version_identifier, occurred_at,
        received_at, body, batch_id, delivered_at)
      VALUES (${projectId}, ${branchId}, ${sequence}, 'config_changed', ${componentId}, ${String(sequence)},
        now() - make_interval(secs => ${deliveredMinutes * 60 + took}), now() - make_interval(mins => ${minutes}), 'x', ${batchId},
        ${delivered === false ? null : sql`now() - make_interval(secs => ${deliveredMinutes * 60})`})`.execute(
      db,
    );
  }

  async function outage(
    stream: string,
    {
      began,
      ended = null,
      escalated = false,
      lane = 'repository',
      code = 'repository_unreachable',
    }: { began: number; ended?: number | null; escalated?: boolean; lane?: string; code?: string },
  ) {
    const ago = (hours: number) => sql`now() - make_interval(secs => ${hours * 3_600})`;
    await sql`
      INSERT INTO outages (id, stream, lane, since, attempts, code, message, last_attempt_at, escalated_at, ended_at)
      VALUES (${randomUUID()}, ${stream}, ${lane}, ${ago(began)}, 3, ${code}, 'Away.', now(),
        ${escalated ? ago(0) : null}, ${ended === null ? null : ago(ended)})`.execute(db);
  }

  /** An attempt to deliver that failed so many hours ago. */
  async function failed(stream: string, hours: number, lane = 'repository') {
    await sql`INSERT INTO failed_attempts (stream, started_at, lane)
      VALUES (${stream}, now() - make_interval(secs => ${hours * 3_600}), ${lane})`.execute(db);
  }

  return { project, mirror, batch, change, outage, failed };
}
