import { setTimeout as sleep } from 'node:timers/promises';
import { recordAudit } from '../../../db/access/audit.ts';
import { findOpenIdConnect } from '../../../db/access/open-id-connect.ts';
import { findPerson, putProviderPerson } from '../../../db/access/people.ts';
import {
  claimCheck,
  noteChecked,
  noteCheckFailed,
  openProviderTokens,
  putProviderTokens,
} from '../../../db/access/provider-sessions.ts';
import { findSession, removeSession, type Session } from '../../../db/access/sessions.ts';
import { ourselves } from '../../../model/access/actor.ts';
import { ProviderUnavailable, SignInRefused } from '../../../model/access/open-id-connect.ts';
import { personFromClaims } from '../../../model/access/person-from-claims.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { providerClient } from './provider-client.ts';

const minute = 60_000;

/** When a provider is asked whether somebody may still be here, in milliseconds. */
export const checkTimes = { due: 10 * minute, afterFailure: minute, longest: minute };

/** How long somebody stays signed in while their provider gives no answer, in milliseconds. */
export const patience = 60 * minute;

/** How long a request waits for another one that asks, in milliseconds: three requests to the provider. */
const longestWait = 15_000;

/** What checking a session needs. */
export type RecheckDeps = Pick<
  ApiDeps,
  'db' | 'sealer' | 'sessionLimits' | 'identityProviders' | 'logger'
>;

/**
 * Asks the provider about a session if its last answer is older than ten minutes; returns whether the
 * session goes on. Of the requests of a session one asks and the others wait for it. A provider that
 * does not answer is asked again after a minute; when its last answer is an hour old, throws
 * {@link ApiProblem} 503 `provider_unavailable`, and the session goes on once it answers.
 */
export async function recheckIfDue(deps: RecheckDeps, session: Session): Promise<boolean> {
  if (session.checkedAt === null || ageOf(session.checkedAt) < checkTimes.due) return true;
  const { id } = session;
  if (await claimCheck(deps.db, id, checkTimes)) await recheck(deps, session);
  const after = await settled(deps, id);
  if (after === null) return false;
  if (after.checkedAt !== null && ageOf(after.checkedAt) < patience) return true;
  throw new ApiProblem(
    503,
    'provider_unavailable',
    'Where you signed in does not answer, so it is not known whether you may still be here. Try again later.',
    [],
    60,
  );
}

/** The session once nobody is asking about it; `null` if it is over. */
async function settled({ db, sessionLimits }: RecheckDeps, id: string): Promise<Session | null> {
  for (let waited = 0; ; waited += 200) {
    const session = await findSession(db, id, sessionLimits);
    const { checkStartedAt = null } = session ?? {};
    const isAsking = checkStartedAt !== null && ageOf(checkStartedAt) < checkTimes.longest;
    if (!isAsking || waited >= longestWait) return session;
    await sleep(200);
  }
}

/** Asks the provider, and notes what it says. */
async function recheck(deps: RecheckDeps, session: Session): Promise<void> {
  const { db, logger } = deps;
  const target = `session/${session.id}`;
  try {
    await askProvider(deps, session);
  } catch (error) {
    if (!(error instanceof SignInRefused)) {
      await noteCheckFailed(db, session.id);
      // The causes of such an error may contain what the provider sent.
      const why = error instanceof ProviderUnavailable ? { reason: error.message } : { err: error };
      logger.warn({ ...why, session: target }, 'The provider could not be asked about a session');
      return;
    }
    logger.info({ session: target, reason: error.message }, 'The provider ended a session');
    await db.transaction().execute(async (trx) => {
      await removeSession(trx, session.id);
      const person = session.personId === null ? null : await findPerson(trx, session.personId);
      await recordAudit(trx, {
        ...{ by: ourselves, actor: 'Gitward', action: 'session.refuse', target, requestId: null },
        detail: { of: `person/${session.personId}`, name: person?.name, reason: error.message },
      });
    });
  }
}

/** Rejects with `SignInRefused` if the person may no longer be here. */
async function askProvider(deps: RecheckDeps, session: Session): Promise<void> {
  const { db, sealer, identityProviders } = deps;
  const settings = await findOpenIdConnect(db);
  const person = session.personId === null ? null : await findPerson(db, session.personId);
  const tokens = await openProviderTokens(db, sealer, session.id);
  if (settings === null || tokens === null || person?.issuer !== settings.issuer)
    throw new SignInRefused('People no longer sign in at this provider.');
  const { issuer, subject } = person as { issuer: string; subject: string };
  const client = providerClient(sealer, settings);
  const renewed = await identityProviders.renew(client, { subject, tokens });
  // At once, because the refresh token from before no longer works.
  await putProviderTokens(db, sealer, session.id, renewed);
  const claims = await identityProviders.claimsNow(client, { subject, tokens: renewed });
  const facts = personFromClaims(settings, claims);
  if (facts === null) throw new SignInRefused('No rule lets this person in any more.');
  await putProviderPerson(db, { issuer, subject }, facts);
  await noteChecked(db, session.id);
}

function ageOf(time: Date): number {
  return Date.now() - time.getTime();
}
