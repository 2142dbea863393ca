import { randomUUID } from 'node:crypto';
import { readInstallationId } from '../../../db/streams/installation.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { forge as forgeCommit } from '../../support/forged-commit.ts';
import type { Product } from '../plan/actions.ts';
import { pushWith } from './push.ts';
import { mirrorKey, spaceId, type Stage } from './stage.ts';

/**
 * Somebody who knows everything about Gitward pushes a commit that looks like one of ours, and claims to be what waits now.
 * While the database is away, nobody knows enough for that.
 */
export async function forge(stage: Stage, to: Product, mark: string): Promise<void> {
  const stream = to === 'mirror' ? mirrorStream(mirrorKey) : spaceStream(spaceId);
  const claim = await claimOf(stage, stream).catch(() => null);
  if (claim === null) return;
  await pushWith(stage, to, mark, (commit) =>
    forgeCommit(stage.repositories[to], { stream, ...claim, ...commit }),
  );
}

async function claimOf({ world: { db } }: Stage, stream: string) {
  const waiting = await db
    .selectFrom('batches')
    .select(['id', 'through'])
    .where('stream', '=', stream)
    .where('state', '=', 'waiting')
    .execute();
  return {
    installation: await readInstallationId(db),
    batches: waiting.length === 0 ? [randomUUID()] : waiting.map(({ id }) => id),
    through: Math.max(0, ...waiting.map(({ through }) => through)),
  };
}
