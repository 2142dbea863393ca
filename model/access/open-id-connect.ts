import type { Grants } from './person.ts';

/** What the members of a group may do. */
export interface GroupRule extends Grants {
  group: string;
}

/** The provider that people sign in at, and what they may do then. */
export interface OpenIdConnect {
  /** What people call it. */
  name: string;
  /** Its identifier, a URL that its discovery document is below. */
  issuer: string;
  clientId: string;
  scopes: string[];
  /** The claim with the groups of a person; dots lead into objects. */
  groupsClaim: string;
  /** The first rule with a group of the person decides. */
  rules: GroupRule[];
  /** For people whom no rule names; `null` keeps them out. */
  everyone: Grants | null;
}

/** What is needed to talk to a provider. */
export interface ProviderClient {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** What a provider says of a person: claims by name. */
export type Claims = Readonly<Record<string, unknown>>;

/** What a provider gave us for one session. */
export interface ProviderTokens {
  idToken: string;
  accessToken: string;
  /** `null` if the provider gives none (mostly without the scope `offline_access`). */
  refreshToken: string | null;
  /** When the access token ends, as an ISO time; `null` if the provider does not say. */
  accessEndsAt: string | null;
}

/** A person who has signed in at a provider. */
export interface ProviderSession {
  subject: string;
  /** The session at the provider, which its logout names; `null` if it has no name. */
  sid: string | null;
  claims: Claims;
  tokens: ProviderTokens;
}

/** The secrets of one attempt to sign in. They never leave this process, except to the provider. */
export interface AttemptSecrets {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** Who signed out at the provider. */
export interface ProviderLogout {
  subject: string | null;
  sid: string | null;
  /** When the provider said so. */
  at: Date;
}

/**
 * OpenID Connect providers. Every method rejects with {@link ProviderUnavailable} if the provider
 * does not answer, or cannot be used as it is set up.
 */
export interface IdentityProviders {
  /** Where a browser goes to sign in. */
  authorizationUrl(
    client: ProviderClient,
    request: AttemptSecrets & { scopes: readonly string[]; redirectUri: string },
  ): Promise<string>;
  /** Who came back to `callbackUrl`; rejects with {@link SignInRefused}. */
  signIn(
    client: ProviderClient,
    answer: AttemptSecrets & { callbackUrl: string },
  ): Promise<ProviderSession>;
  /**
   * New tokens in exchange for a refresh token, which then no longer works: keep them before anything
   * else. The same tokens, if there is no refresh token. Rejects with {@link SignInRefused} if the
   * provider gives none any more.
   */
  renew(
    client: ProviderClient,
    session: { subject: string; tokens: ProviderTokens },
  ): Promise<ProviderTokens>;
  /** What the provider says of a person now; rejects with {@link SignInRefused} if it no longer knows them. */
  claimsNow(
    client: ProviderClient,
    session: { subject: string; tokens: ProviderTokens },
  ): Promise<Claims>;
  /** Where a browser goes to sign out at the provider too; `null` if it has no such page. */
  signOutUrl(
    client: ProviderClient,
    session: { idToken: string; returnTo: string },
  ): Promise<string | null>;
  /** Who the provider says has signed out; rejects with {@link SignInRefused} if it did not say so. */
  readLogout(client: ProviderClient, logoutToken: string): Promise<ProviderLogout>;
}

/** Somebody is not let in. The message says why, for the log; it contains no secret. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly code = 'sign_in_refused';
}

/** A provider does not answer, or does not accept us. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
  readonly code = 'provider_unavailable';
}
