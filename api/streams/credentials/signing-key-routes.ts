import type { FastifyRequest } from 'fastify';
import { putSigningKey } from '../../../db/streams/credentials.ts';
import { listCredentialUses } from '../../../db/streams/credential-uses.ts';
import { publicKeyOf } from '../../../model/streams/signing-key.ts';
import { audited } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes, ApiDeps } from '../../http/deps.ts';
import { fieldProblem } from '../../http/problem.ts';
import { credentialNotFound } from './credential-not-found.ts';
import { CredentialParams, CredentialView, SigningKeyBody } from './credential-schema.ts';
import { credentialView } from './credential-view.ts';
import { usesSeen } from './uses-seen.ts';

type Asked = FastifyRequest<{ Params: { credential: string } }>;

/** Routes for the key that signs what is pushed with a credential. */
export const addSigningKeyRoutes: AddRoutes = (api, deps) => {
  const schema = { tags: ['credentials'], params: CredentialParams };
  api.put(
    '/v1/credentials/:credential/signing-key',
    {
      config: { role: 'admin', refuses: [404, 422] },
      schema: {
        ...schema,
        summary: 'Sign commits with an SSH key',
        description:
          'From now on, commits of mirrors and spaces that use the credential are signed. Register the public key, which the answer has, at the host.',
        body: SigningKeyBody,
        response: { 200: CredentialView },
      },
    },
    async (request) => {
      const { privateKey } = request.body;
      const publicKey = publicKeyOf(privateKey);
      if (typeof publicKey !== 'string') throw fieldProblem('/privateKey', publicKey.fault);
      return stored(deps, request, { privateKey, publicKey });
    },
  );

  api.delete(
    '/v1/credentials/:credential/signing-key',
    {
      config: { role: 'admin', refuses: [404] },
      schema: {
        ...schema,
        summary: 'Sign commits no longer',
        response: { 200: CredentialView },
      },
    },
    async (request) => stored(deps, request, null),
  );
};

/** Stores a key, or removes it, and answers with its credential. */
async function stored(
  { db, sealer }: ApiDeps,
  request: Asked,
  key: { privateKey: string; publicKey: string } | null,
) {
  const { credential: id } = request.params;
  const row = await audited(
    db,
    request,
    (transaction) => putSigningKey(transaction, sealer, id, key),
    (found) =>
      found && {
        action: key === null ? 'credential.unsign' : 'credential.sign',
        target: `credential/${id}`,
        detail: { name: found.name, publicKey: found.signingPublicKey },
      },
  );
  if (row === null) throw credentialNotFound(id);
  const uses = await listCredentialUses(db, [id], usesSeen(callerOf(request)));
  return credentialView(row, uses.get(id));
}
