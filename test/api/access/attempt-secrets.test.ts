import { expect, it } from 'vitest';
import { attemptSecrets, newSecret } from '../../../api/access/open-id-connect/attempt-secrets.ts';

it('an attempt has secrets that nobody knows without both its state and the cookie of its browser', () => {
  const [state, browser] = [newSecret(), newSecret()];
  const { nonce, codeVerifier } = attemptSecrets(state, browser);
  expect(attemptSecrets(state, browser)).toEqual({ state, nonce, codeVerifier });
  const others = [attemptSecrets(state, newSecret()), attemptSecrets(newSecret(), browser)];
  const all = [state, browser, nonce, codeVerifier];
  for (const other of others) all.push(other.nonce, other.codeVerifier);
  expect(new Set(all).size).toBe(all.length);
  // 43 to 128 characters that need no encoding (RFC 7636, section 4.1).
  expect(codeVerifier).toMatch(/^[\w-]{43,128}$/);
});
