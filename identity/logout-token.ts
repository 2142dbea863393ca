import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { SignInRefused, type ProviderLogout } from '../model/access/open-id-connect.ts';
import { identifierIn } from './identifiers.ts';
import { unavailable } from './provider-failure.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';
/** Only signatures that the provider alone can make. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/**
 * Who a logout token says has signed out (OpenID Connect Back-Channel Logout 1.0, section 2.6).
 * Rejects with `SignInRefused` if it is not one of this provider, for us, of the last ten minutes.
 */
export async function readLogoutToken(
  token: string,
  { issuer, audience, keys }: { issuer: string; audience: string; keys: JWTVerifyGetKey },
): Promise<ProviderLogout> {
  const options = {
    ...{ issuer, audience, algorithms },
    maxTokenAge: '10 minutes',
    clockTolerance: '1 minute',
  };
  const { payload } = await jwtVerify(token, keys, options).catch((error: unknown) => {
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError))
      throw unavailable(error);
    throw new SignInRefused(`The logout token is not valid: ${error.message}`, { cause: error });
  });
  const { events, nonce, iat = 0 } = payload;
  const [subject, sid] = [identifierIn(payload.sub), identifierIn(payload.sid)];
  // An ID token, which the browser knows, must not pass for a logout token.
  const isLogout = typeof events === 'object' && events !== null && event in events;
  if (!isLogout || nonce !== undefined) throw new SignInRefused('The token is not a logout token.');
  if (subject === null && sid === null)
    throw new SignInRefused('The logout token names neither a person nor a session.');
  return { subject, sid, at: new Date(iat * 1_000) };
}
