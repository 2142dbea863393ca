import { sql, type Selectable } from 'kysely';
import type { Db } from '../../connect.ts';
import type { PromptScoresTable } from '../../schema/prompts.ts';

/** A score as it is stored. */
export type PromptScore = Omit<Selectable<PromptScoresTable>, 'createdAt'>;

/** Stores a score, unless there is one with this id; returns the one that is there then. */
export async function putScore(db: Db, score: PromptScore): Promise<PromptScore> {
  await db
    .insertInto('promptScores')
    .values(score)
    .onConflict((conflict) => conflict.columns(['spaceId', 'promptId', 'id']).doNothing())
    .execute();
  return db
    .selectFrom('promptScores')
    .select(columns)
    .where('spaceId', '=', score.spaceId)
    .where('promptId', '=', score.promptId)
    .where('id', '=', score.id)
    .executeTakeFirstOrThrow();
}

const columns = [
  ...(['spaceId', 'promptId', 'id', 'name', 'value', 'label', 'comment', 'blobId'] as const),
  ...(['commitSha', 'environment', 'arm', 'key', 'byName', 'at'] as const),
];

/** The scores of one version, in one environment and arm, of one name. */
export interface ScoreSummary {
  blobId: string;
  environment: string | null;
  arm: string | null;
  name: string;
  count: number;
  /** Of the scores that are numbers; `null` if none is. */
  mean: number | null;
  /** The standard deviation of a sample; `null` for fewer than two. */
  deviation: number | null;
  min: number | null;
  max: number | null;
  /** How often each label was given. */
  labels: Record<string, number>;
  /** The version's newest commit; `null` if it is in none. */
  commit: string | null;
  /** When that reached the branch. */
  at: Date | null;
}

/** Summarises the scores of a prompt, newest version first; at most `limit`. Versions that are not in Git come first. */
export async function listScoreSummaries(
  db: Db,
  { spaceId, promptId, limit }: { spaceId: string; promptId: string; limit: number },
): Promise<ScoreSummary[]> {
  const { rows } = await sql<ScoreSummary>`
    WITH labelled AS (
      SELECT blob_id, environment, arm, name, label, count(*)::int AS count
      FROM prompt_scores WHERE space_id = ${spaceId} AND prompt_id = ${promptId}
      GROUP BY blob_id, environment, arm, name, label
    ), labels AS (
      SELECT blob_id, environment, arm, name, jsonb_object_agg(label, count) FILTER (WHERE label IS NOT NULL) AS labels
      FROM labelled GROUP BY blob_id, environment, arm, name
    ), numbers AS (
      SELECT blob_id, environment, arm, name, count(*)::int AS count, avg(value) AS mean,
        stddev_samp(value) AS deviation, min(value) AS min, max(value) AS max, max(at) AS last
      FROM prompt_scores WHERE space_id = ${spaceId} AND prompt_id = ${promptId}
      GROUP BY blob_id, environment, arm, name
    ), versions AS (
      SELECT DISTINCT ON (v.blob_id) v.blob_id, v.position, c.sha, c.effective_at
      FROM entry_versions v JOIN space_commits c ON c.space_id = v.space_id AND c.position = v.position
      WHERE v.space_id = ${spaceId} AND v.entry_id = ${promptId}
      ORDER BY v.blob_id, v.position DESC
    )
    SELECT n.blob_id AS "blobId", n.environment, n.arm, n.name, n.count, n.mean, n.deviation, n.min, n.max,
      coalesce(l.labels, '{}') AS labels, v.sha AS commit, v.effective_at AS at
    FROM numbers n
    JOIN labels l ON l.blob_id = n.blob_id AND l.name = n.name
      AND l.environment IS NOT DISTINCT FROM n.environment AND l.arm IS NOT DISTINCT FROM n.arm
    LEFT JOIN versions v ON v.blob_id = n.blob_id
    ORDER BY v.position DESC NULLS FIRST, n.blob_id, n.environment NULLS FIRST, n.arm NULLS FIRST, n.name
    LIMIT ${limit}`.execute(db);
  return rows;
}
