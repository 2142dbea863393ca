import { randomUUID } from 'node:crypto';
import { wantResync } from '../../db/mirror/mirror-marks.ts';
import { findMirror } from '../../db/mirror/mirrors.ts';
import { insertEndedOutage } from '../../db/streams/outages.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import { mirrorFields } from '../../telemetry/log-fields.ts';
import type { Verification } from '../../model/mirror/verification.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import { isActive } from './read-mirror.ts';

/**
 * Deals with files of a mirror that are not as it wrote them. If its settings say so, they are put right; otherwise the
 * admins are to be told, once: returns the ended outage that says so, or `null`.
 */
export async function noteDrift(
  { db, workflows, logger }: ActivityDependencies,
  key: MirrorKey,
  found: Verification,
  before: Verification | null,
): Promise<string | null> {
  const row = await findMirror(db, key);
  if (found.outcome !== 'different' || !isActive(row)) return null;
  if (row.policy.drift === 'restore') {
    await wantResync(db, key, 'drift');
    // If Temporal is unavailable, the next delivery finds the request.
    await workflows.signal(key, 'retryNow').catch((err: unknown) => {
      logger.warn({ err, ...mirrorFields(key) }, 'Files will be restored later.');
    });
    return null;
  }
  if (before?.outcome === 'different') return null;
  const id = randomUUID();
  const { differenceCount, differences } = found;
  const examples = differences.slice(0, 5).map(({ path, kind }) => `${path} (${kind})`);
  await insertEndedOutage(db, {
    ...{ id, stream: mirrorStream(key), lane: 'repository', code: 'files_changed' },
    message:
      `${differenceCount === 1 ? 'A file is' : `${differenceCount} files are`} not as Gitward wrote ` +
      `${differenceCount === 1 ? 'it' : 'them'}: ${examples.join(', ')}${differenceCount > 5 ? ', …' : ''}. ` +
      'Approve the mirror to put that right, or set its drift to restore.',
  });
  return id;
}
