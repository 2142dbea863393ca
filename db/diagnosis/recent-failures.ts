import type { Db } from '../connect.ts';

/** The most of each list. */
const most = 200;

/** Outages, failed attempts and notices, the newest first; at most 200 of each. */
export async function readRecentFailures(db: Db) {
  const [outages, failedAttempts, notices, hostRefusals] = await Promise.all([
    db.selectFrom('outages').selectAll().orderBy('lastAttemptAt', 'desc').limit(most).execute(),
    db.selectFrom('failedAttempts').selectAll().orderBy('startedAt', 'desc').limit(most).execute(),
    db
      .selectFrom('notices')
      // Who was told is nobody else's business.
      .select(['outageId', 'kind', 'createdAt', 'sentAt', 'lastError'])
      .orderBy('createdAt', 'desc')
      .limit(most)
      .execute(),
    db.selectFrom('hostRefusals').selectAll().orderBy('refusedAt', 'desc').limit(most).execute(),
  ]);
  return { outages, failedAttempts, notices, hostRefusals };
}
