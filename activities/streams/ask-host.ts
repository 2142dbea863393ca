import { listStreamsRefused } from '../../db/streams/credential-uses.ts';
import {
  findAsker,
  findRefusal,
  giveUpTurn,
  noteRefusal,
  noteTaken,
  takeTurn,
  type Asker,
} from '../../db/streams/host-refusals.ts';
import { openRemote, type RepositoryPlace } from '../../db/streams/open-remote.ts';
import { StreamFailure, type HostStep } from '../../model/streams/errors.ts';
import type { HostRefusal } from '../../model/streams/host-refusal.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { repositoryKey } from '../../model/streams/place-keys.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Execution } from './execution.ts';

/** A stream with its repository, which it asks for. */
export interface StreamRepository extends RepositoryPlace {
  stream: StreamId;
}

/** The parts that asking in turn needs. */
type AskDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'git' | 'logger' | 'retryInterval' | 'retryStream'
>;

/**
 * Does work that asks a stream's host. While the host refuses the credential to everybody, or limits how often it is asked,
 * only one stream asks it in each interval, before its work; the work of all others fails at once, with the same code and
 * when that was. Throws what the work throws.
 */
export async function askHost<T>(
  deps: AskDependencies,
  repository: StreamRepository,
  execution: Execution,
  work: () => Promise<T>,
): Promise<T> {
  const asker = await findAsker(deps.db, repository);
  if (asker === null) return work();
  const turn = await takeTurn(deps.db, asker, deps.retryInterval);
  if (turn.kind === 'wait') throw refusedBefore(asker, turn.because, turn.until);
  if (turn.kind === 'knock') await knock(deps, { asker, repository, turn }, execution);
  return noting(deps, asker, work);
}

/** Why a stream's host should not be asked now, as a sentence; `null` if it may. For questions that can wait. */
export async function whyNotAsked(
  { db }: Pick<AskDependencies, 'db'>,
  repository: StreamRepository,
): Promise<string | null> {
  const asker = await findAsker(db, repository);
  const refusal = asker === null ? null : await findRefusal(db, asker);
  return asker && refusal && refusedBefore(asker, refusal, refusal.askAt).message;
}

/** Finds out whether the host still refuses; throws if it does. If it takes the credential, the others need not wait. */
async function knock(
  deps: AskDependencies,
  {
    asker,
    repository,
    turn,
  }: { asker: Asker; repository: StreamRepository; turn: { step: HostStep } },
  { signal, step }: Execution,
): Promise<void> {
  step('Asking whether the host takes the credential now');
  try {
    const remote = await openRemote(deps, repository);
    await noting(deps, asker, () => deps.git.knock(remote, turn.step, { signal }));
  } catch (error) {
    if (error instanceof StreamFailure && error.wider !== null) throw error;
    await giveUpTurn(deps.db, asker);
    // Whatever else is wrong is for the work to find: perhaps it does not ask for that.
    if (error instanceof StreamFailure) return;
    throw error;
  }
  if (await noteTaken(deps.db, asker)) await wakeOthers(deps, asker, repository);
}

/** Does work, and notes what the host refuses besides, if it fails for that. */
async function noting<T>(
  { db, retryInterval }: AskDependencies,
  asker: Asker,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StreamFailure && error.wider !== null)
      await noteRefusal(db, asker, { wider: error.wider, words: error.words }, retryInterval);
    throw error;
  }
}

/** Has the other streams try again. One that misses this tries again at its time anyway. */
async function wakeOthers(
  { db, logger, retryStream }: AskDependencies,
  { credentialId }: Asker,
  { stream }: StreamRepository,
): Promise<void> {
  if (credentialId === null) return;
  const others = (await listStreamsRefused(db, credentialId)).filter((other) => other !== stream);
  await Promise.all(others.map(retryStream)).catch((err: unknown) => {
    logger.warn(
      { err, credential_id: credentialId },
      'Streams that wait for this credential try again later.',
    );
  });
}

/** The failure of a stream whose host is not asked now. */
function refusedBefore(
  { origin, repositoryUrl }: Asker,
  { repository, words, refusedAt }: HostRefusal,
  until: Date,
): StreamFailure {
  const isOther = repository !== null && repository !== repositoryKey(repositoryUrl);
  const when = `at ${timeOf(refusedAt)}${isOther ? ', when it was asked for another repository' : ''}`;
  const next = `so that it was not asked now. It is asked again at ${timeOf(until)}`;
  const said = words === '' ? '' : ` It said: ${words}`;
  return repository === null
    ? new StreamFailure(
        'repository_unreachable',
        `${origin} limited ${when} how often it may be asked, ${next}, or when somebody retries.${said}`,
        { words },
      )
    : new StreamFailure(
        'credential_refused',
        `${origin} refused the credential ${when}, ${next}, or when the credential is rotated or somebody retries.${said}`,
        { words },
      );
}

/** To the second, in UTC. */
function timeOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
