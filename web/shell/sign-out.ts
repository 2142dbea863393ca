import { api, dataOf } from '../api/client.ts';

/** Ends the session here and, where the provider has one of its own, there. Nothing that was read stays in the page. */
export async function signOut(): Promise<void> {
  const { signOutUrl } = await dataOf(api.DELETE('/v1/session'));
  window.location.assign(signOutUrl ?? '/sign-in');
}
