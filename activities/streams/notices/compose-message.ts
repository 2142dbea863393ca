import { findCredential } from '../../../db/streams/credentials.ts';
import type { NoticeClaim } from '../../../db/streams/notices/claim.ts';
import { listOutages, type Outage } from '../../../db/streams/outages.ts';
import {
  composeNotice,
  type NoticeFacts,
  type OutgoingNotice,
} from '../../../model/streams/notice.ts';
import { composeGathered, mostListed } from '../../../model/streams/notices/gathered-notice.ts';
import {
  causeWords,
  credentialOfCause,
  type CauseWords,
  type OutageCause,
} from '../../../model/streams/notices/outage-cause.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import type { NoticeKind } from '../../../model/streams/outage.ts';
import type { Notified } from '../find-notified.ts';
import type { NotifyDependencies } from './notify-dependencies.ts';

/**
 * The message of a claim, with the outages that are told ahead; `null` if none of them is there any more. Of a single one it
 * reads as ever.
 */
export async function composeMessage(
  deps: Pick<NotifyDependencies, 'db' | 'findNotified'>,
  { kind, message: id, cause, outageIds }: NoticeClaim,
  aheadIds: readonly string[],
): Promise<OutgoingNotice | null> {
  const outages = await listOutages(deps.db, [...outageIds, ...aheadIds]);
  const about: NoticeFacts[] = [];
  for (const outage of outages.slice(0, mostListed)) {
    const notified = await deps.findNotified(outage.stream);
    if (notified !== null) about.push(factsOf(kind, outage, notified));
  }
  const [first] = about;
  if (first === undefined) return null;
  const outgoing = { id, kind, cause, about, count: outages.length };
  if (outages.length === 1) return { ...outgoing, ...composeNotice(first) };
  const gathered = {
    ...{ kind, listed: about, since: first.since },
    cause: cause === null ? null : await wordsFor(deps, cause),
    counts: countsOf(outages.map(({ stream }) => stream)),
  };
  return { ...outgoing, ...composeGathered(gathered) };
}

async function wordsFor(
  { db }: Pick<NotifyDependencies, 'db'>,
  cause: OutageCause,
): Promise<CauseWords> {
  const credentialId = credentialOfCause(cause);
  const credential = credentialId === null ? null : await findCredential(db, credentialId);
  return causeWords(cause, credential?.name ?? 'that was removed');
}

/** How many there are of each kind of stream, by the word for one: a stream's name begins with it. */
function countsOf(streams: readonly StreamId[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const stream of streams) {
    const word = stream.slice(0, stream.indexOf('/'));
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

function factsOf(kind: NoticeKind, outage: Outage, notified: Notified): NoticeFacts {
  return {
    kind,
    subject: notified.subject,
    repositoryUrl: notified.repositoryUrl,
    repositoryBranch: notified.repositoryBranch,
    lane: outage.lane,
    since: outage.since,
    endedAt: outage.endedAt,
    attempts: outage.attempts,
    code: outage.code,
    message: outage.message,
    waiting: notified.waiting,
    nextAttemptAt: outage.nextAttemptAt,
  };
}
