import { findOpenIdConnect, openClientSecret } from '../../../db/access/open-id-connect.ts';
import { createIdentityProviders } from '../../../identity/create-identity-providers.ts';
import { fails, ok, reasonOf, type Check } from '../check.ts';
import { databaseNotUsable } from './not-looked-at.ts';

/** Whether the OpenID Connect provider describes itself, if there is one. */
export const signInCheck: Check = {
  name: 'sign-in',
  async look({ dispatcher, sealer, usableDatabase }) {
    const db = await usableDatabase();
    if (db === null || sealer === null) return [databaseNotUsable('The provider of sign-in')];
    const row = await findOpenIdConnect(db);
    if (row === null) return [ok('No OpenID Connect provider is set.')];
    const { issuer, clientId } = row;
    try {
      const client = { issuer, clientId, clientSecret: openClientSecret(sealer, row) };
      // The address that a browser would be sent to; it is only made, and nobody goes there.
      const none = { state: '-', nonce: '-', codeVerifier: '-'.repeat(43) };
      await createIdentityProviders({ dispatcher }).authorizationUrl(client, {
        ...none,
        ...{ scopes: ['openid'], redirectUri: 'https://gitward.invalid/' },
      });
      return [ok(`The provider ${issuer} describes itself.`)];
    } catch (error) {
      return [
        fails(
          `The provider ${issuer} cannot be used: ${reasonOf(error)}.`,
          `Check its address in the settings of sign-in, and whether this machine reaches ${issuer}/.well-known/openid-configuration. Tokens and links work meanwhile.`,
        ),
      ];
    }
  },
};
