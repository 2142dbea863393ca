import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import * as mirror from './migrations/0001-mirror.ts';
import * as defaultBranch from './migrations/0002-default-branch.ts';
import * as verifications from './migrations/0003-verifications.ts';
import * as snapshots from './migrations/0004-snapshots.ts';
import * as branches from './migrations/0005-branches.ts';
import * as samples from './migrations/0006-samples.ts';
import * as jobRuns from './migrations/0007-job-runs.ts';
import * as failedVerifications from './migrations/0008-failed-verifications.ts';
import * as knowledge from './migrations/0009-knowledge.ts';
import * as pushedCommits from './migrations/0010-pushed-commits.ts';
import * as shortReadings from './migrations/0011-short-readings.ts';
import * as platforms from './migrations/0012-platforms.ts';
import * as notifications from './migrations/0013-notifications.ts';
import * as news from './migrations/0014-news.ts';
import * as tokenExpiry from './migrations/0015-token-expiry.ts';
import * as credentialOrigins from './migrations/0016-credential-origins.ts';
import * as spaceProblems from './migrations/0017-space-problems.ts';
import * as failedEntries from './migrations/0018-failed-entries.ts';
import * as acceptedKinds from './migrations/0019-accepted-kinds.ts';
import * as peopleAndSessions from './migrations/0020-people-and-sessions.ts';
import * as openIdConnect from './migrations/0021-open-id-connect.ts';
import * as overview from './migrations/0022-overview.ts';
import * as runsByStatus from './migrations/0023-runs-by-status.ts';
import * as timeline from './migrations/0024-timeline.ts';
import * as health from './migrations/0025-health.ts';
import * as verificationFiles from './migrations/0026-verification-files.ts';
import * as streamProgress from './migrations/0027-stream-progress.ts';
import * as heldRemovals from './migrations/0028-held-removals.ts';
import * as refusedFiles from './migrations/0029-refused-files.ts';
import * as hostRefusals from './migrations/0030-host-refusals.ts';
import * as signingKeys from './migrations/0031-signing-keys.ts';
import * as lostSaves from './migrations/0032-lost-saves.ts';
import * as spellings from './migrations/0033-spellings.ts';
import * as moves from './migrations/0034-moves.ts';
import * as drafts from './migrations/0035-drafts.ts';
import * as reviews from './migrations/0036-reviews.ts';
import * as reviewRules from './migrations/0038-review-rules.ts';
import * as promptScores from './migrations/0040-prompt-scores.ts';
import * as promptChecks from './migrations/0041-prompt-checks.ts';
import * as hostTokens from './migrations/0042-host-tokens.ts';
import * as attention from './migrations/0043-attention.ts';
import * as secretsInText from './migrations/0044-secrets-in-text.ts';
import * as metrics from './migrations/0045-metrics.ts';
import * as traces from './migrations/0046-traces.ts';
import * as noticeChannels from './migrations/0048-notice-channels.ts';
import * as oneNoticeForOneCause from './migrations/0049-one-notice-for-one-cause.ts';
import * as housekeeping from './migrations/0050-housekeeping.ts';
import * as feeds from './migrations/0051-feeds.ts';
import * as feedGaps from './migrations/0052-feed-gaps.ts';
import * as checkedTips from './migrations/0053-checked-tips.ts';

const migrations: Record<string, Migration> = {
  '0001-mirror': mirror,
  '0002-default-branch': defaultBranch,
  '0003-verifications': verifications,
  '0004-snapshots': snapshots,
  '0005-branches': branches,
  '0006-samples': samples,
  '0007-job-runs': jobRuns,
  '0008-failed-verifications': failedVerifications,
  '0009-knowledge': knowledge,
  '0010-pushed-commits': pushedCommits,
  '0011-short-readings': shortReadings,
  '0012-platforms': platforms,
  '0013-notifications': notifications,
  '0014-news': news,
  '0015-token-expiry': tokenExpiry,
  '0016-credential-origins': credentialOrigins,
  '0017-space-problems': spaceProblems,
  '0018-failed-entries': failedEntries,
  '0019-accepted-kinds': acceptedKinds,
  '0020-people-and-sessions': peopleAndSessions,
  '0021-open-id-connect': openIdConnect,
  '0022-overview': overview,
  '0023-runs-by-status': runsByStatus,
  '0024-timeline': timeline,
  '0025-health': health,
  '0026-verification-files': verificationFiles,
  '0027-stream-progress': streamProgress,
  '0028-held-removals': heldRemovals,
  '0029-refused-files': refusedFiles,
  '0030-host-refusals': hostRefusals,
  '0031-signing-keys': signingKeys,
  '0032-lost-saves': lostSaves,
  '0033-spellings': spellings,
  '0034-moves': moves,
  '0035-drafts': drafts,
  '0036-reviews': reviews,
  '0038-review-rules': reviewRules,
  '0040-prompt-scores': promptScores,
  '0041-prompt-checks': promptChecks,
  '0042-host-tokens': hostTokens,
  '0043-attention': attention,
  '0044-secrets-in-text': secretsInText,
  '0045-metrics': metrics,
  '0046-traces': traces,
  '0048-notice-channels': noticeChannels,
  '0049-one-notice-for-one-cause': oneNoticeForOneCause,
  '0050-housekeeping': housekeeping,
  '0051-feeds': feeds,
  '0052-feed-gaps': feedGaps,
  '0053-checked-tips': checkedTips,
};

/**
 * Migrates the schema to this version. Several processes may do so at once, because Kysely's
 * migrator takes an advisory lock. Returns the names of the migrations that ran; throws the error
 * of the first one that fails.
 */
export async function migrate<T>(db: Kysely<T>): Promise<string[]> {
  const { error, results } = await migratorOf(db).migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('The migration failed.', { cause: error });
  return (results ?? [])
    .filter(({ status }) => status === 'Success')
    .map(({ migrationName }) => migrationName);
}

/** Which migrations a database has. */
export interface SchemaState {
  /** Those of this version that ran. */
  applied: string[];
  /** Those of this version that it lacks. */
  pending: string[];
  /** Those that ran and that this version does not know: a newer one migrated the database. */
  unknown: string[];
}

/** Compares the migrations of the database with those of this version; changes nothing. */
export async function readSchemaState<T>(db: Kysely<T>): Promise<SchemaState> {
  const { rows: exists } = await sql<{ isThere: boolean }>`
    SELECT to_regclass('kysely_migration') IS NOT NULL AS "isThere"`.execute(db);
  const ran =
    exists[0]?.isThere === true
      ? await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(db)
      : { rows: [] };
  const names = Object.keys(migrations);
  const applied = ran.rows.map(({ name }) => name);
  return {
    applied: applied.filter((name) => names.includes(name)),
    pending: names.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !names.includes(name)),
  };
}

function migratorOf<T>(db: Kysely<T>): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
}
