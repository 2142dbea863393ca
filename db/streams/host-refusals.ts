import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { originOf } from '../../model/streams/credential-origin.ts';
import type { WiderRefusal } from '../../model/streams/errors.ts';
import {
  limitWait,
  standingRefusal,
  stoodForOthers,
  turnOf,
  wordsForOthers,
  type HostRefusal,
  type Turn,
} from '../../model/streams/host-refusal.ts';
import { repositoryKey } from '../../model/streams/place-keys.ts';
import type { Db, Trx } from '../connect.ts';
import type { Database } from '../schema/database.ts';
import { storableText } from '../storable.ts';
import type { RepositoryPlace } from './open-remote.ts';

/** Who asks a host for what. */
export interface Asker {
  repositoryUrl: string;
  origin: string;
  /** `null`: whoever has none. */
  credentialId: string | null;
  /** Since when the credential has its current secret, which a refusal is about. */
  secretSince: Date | null;
}

/** Whoever has the turn and is lost keeps others from theirs for so many milliseconds. */
const claimFor = 60_000;

/** Who asks for a repository; `null` if it is local, so that no host is asked. */
export async function findAsker(
  db: Db,
  { repositoryUrl, credentialId: id }: Pick<RepositoryPlace, 'repositoryUrl' | 'credentialId'>,
): Promise<Asker | null> {
  const origin = originOf(repositoryUrl);
  if (origin === null) return null;
  const secretSince = id === null ? null : await findSecretSince(db, id);
  return { repositoryUrl, origin, credentialId: secretSince === null ? null : id, secretSince };
}

/** Why the host would refuse this now, as far as is known; `null` if nothing is. Takes no turn. */
export async function findRefusal(db: Db, asker: Asker): Promise<HostRefusal | null> {
  return standingRefusal(await listRefusals(db, asker), repositoryKey(asker.repositoryUrl));
}

/**
 * Whose turn it is to ask: see {@link turnOf}. `interval` is how long a refusal stands before the host is asked again, in
 * milliseconds. Whoever gets the turn has it for a minute, or until it notes what the host said, or gives it up.
 */
export async function takeTurn(db: Db, asker: Asker, interval: number): Promise<Turn> {
  if ((await listRefusals(db, asker)).length === 0) return { kind: 'ask' };
  return locked(db, asker, async (trx) => {
    const now = new Date();
    const refusals = await listRefusals(trx, asker);
    const turn = turnOf(refusals, repositoryKey(asker.repositoryUrl), {
      now,
      yields: interval / 5,
    });
    if (turn.kind !== 'knock' || turn.claimed.length === 0) return turn;
    await trx
      .updateTable('hostRefusals')
      .set({ claimedUntil: new Date(now.getTime() + claimFor) })
      .where(of(asker))
      .where((eb) => eb.or(turn.claimed.map(({ repository }) => isFor(repository)(eb))))
      .execute();
    return turn;
  });
}

/**
 * Notes that the host refuses the credential, or everything for a while, unless the secret is another one by now.
 * `interval` is as for {@link takeTurn}.
 */
export async function noteRefusal(
  db: Db,
  asker: Asker,
  { wider, words }: { wider: WiderRefusal; words: string },
  interval: number,
): Promise<void> {
  const { origin, credentialId, secretSince, repositoryUrl } = asker;
  if (wider.of === 'credential' && credentialId === null) return;
  const repository = wider.of === 'credential' ? repositoryKey(repositoryUrl) : null;
  await current(db, asker, async (trx) => {
    const now = new Date();
    const before = (await listRefusals(trx, asker)).find((one) => one.repository === repository);
    // Those that were on their way when a limit began do not make it longer.
    const times = (before?.times ?? 0) + (before === undefined || before.askAt <= now ? 1 : 0);
    const wait = wider.of === 'rate' ? limitWait(times, wider.wait, interval) : interval;
    const row = {
      ...{ step: wider.step, times, refusedAt: now, claimedUntil: null },
      words: storableText(wordsForOthers(words, repositoryUrl)),
      askAt: new Date(now.getTime() + wait),
    };
    await giveUp(trx, asker);
    await trx
      .insertInto('hostRefusals')
      .values({ origin, credentialId, secretSince, repository, ...row })
      .onConflict((conflict) =>
        conflict.columns(['origin', 'credentialId', 'repository']).doUpdateSet(row),
      )
      .execute();
  });
}

/**
 * Notes that the host takes the credential, and does not limit us. What it refused for other repositories may be asked for
 * at once. Returns whether a refusal that stood for other streams is over.
 */
export async function noteTaken(db: Db, asker: Asker): Promise<boolean> {
  const own = repositoryKey(asker.repositoryUrl);
  const ended = await current(db, asker, async (trx) => {
    const refusals = await listRefusals(trx, asker);
    await trx
      .deleteFrom('hostRefusals')
      .where(of(asker))
      .where((eb) => eb.or([isFor(own)(eb), isFor(null)(eb)]))
      .execute();
    await trx
      .updateTable('hostRefusals')
      .set({ alone: true, askAt: new Date(), claimedUntil: null })
      .where(of(asker))
      .where('alone', '=', false)
      .execute();
    return stoodForOthers(refusals, own);
  });
  return ended ?? false;
}

/** Lets the next one ask, since this one could not find out whether the host still refuses. */
export async function giveUpTurn(db: Db, asker: Asker): Promise<void> {
  await locked(db, asker, (trx) => giveUp(trx, asker));
}

/** Has the host asked by whoever comes next, without any wait: a person wants to know. */
export async function askHostAgain(
  db: Db,
  place: Pick<RepositoryPlace, 'repositoryUrl' | 'credentialId'>,
): Promise<void> {
  const asker = await findAsker(db, place);
  if (asker === null) return;
  await db
    .updateTable('hostRefusals')
    .set({ askAt: new Date(0), claimedUntil: null })
    .where(of(asker))
    .execute();
}

async function findSecretSince(db: Db, credentialId: string): Promise<Date | null> {
  // A Date has no microseconds.
  const row = await db
    .selectFrom('credentials')
    .select(sql<Date>`date_trunc('milliseconds', coalesce(rotated_at, created_at))`.as('since'))
    .where('id', '=', credentialId)
    .executeTakeFirst();
  return row?.since ?? null;
}

/** The refusals of the asker's secret, as it was when the asker was found. */
async function listRefusals(db: Db, asker: Asker): Promise<(HostRefusal & { times: number })[]> {
  return db
    .selectFrom('hostRefusals')
    .select(['repository', 'alone', 'step', 'words', 'times', 'refusedAt', 'askAt', 'claimedUntil'])
    .where(of(asker))
    .where('secretSince', 'is not distinct from', asker.secretSince)
    .execute();
}

async function giveUp(trx: Trx, asker: Asker): Promise<void> {
  await trx
    .updateTable('hostRefusals')
    .set({ claimedUntil: null })
    .where(of(asker))
    .where('claimedUntil', 'is not', null)
    .execute();
}

/** Works on the asker's refusals, one at a time. */
async function locked<T>(db: Db, asker: Asker, work: (trx: Trx) => Promise<T>): Promise<T> {
  const key = `host_refusals\n${asker.origin}\n${asker.credentialId ?? ''}`;
  return db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
    return work(trx);
  });
}

/** As {@link locked}, after removing what earlier secrets were refused; `null` if the asker's secret is one of these. */
async function current<T>(db: Db, asker: Asker, work: (trx: Trx) => Promise<T>): Promise<T | null> {
  const { credentialId: id, secretSince: since } = asker;
  return locked(db, asker, async (trx) => {
    const now = id === null ? null : await findSecretSince(trx, id);
    if (now?.getTime() !== since?.getTime()) return null;
    await trx
      .deleteFrom('hostRefusals')
      .where(of(asker))
      .where('secretSince', 'is distinct from', since)
      .execute();
    return work(trx);
  });
}

type Condition = (eb: ExpressionBuilder<Database, 'hostRefusals'>) => Expression<SqlBool>;

function of({ origin, credentialId }: Asker): Condition {
  return (eb) =>
    eb.and([eb('origin', '=', origin), eb('credentialId', 'is not distinct from', credentialId)]);
}

function isFor(repository: string | null): Condition {
  return (eb) => eb('repository', 'is not distinct from', repository);
}
