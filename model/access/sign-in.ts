/** How a browser signed in: with a link, with a token, or at an OpenID Connect provider. */
export type SignInMethod = 'link' | 'token' | 'open-id-connect';

/** The ways to sign in, as schemas list them. */
export const signInMethods = ['link', 'token', 'open-id-connect'] as const satisfies SignInMethod[];

/** How long sessions last, in milliseconds. */
export interface SessionLimits {
  /** Without a request. */
  idle: number;
  /** However much they are used. */
  absolute: number;
}
