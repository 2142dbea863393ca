import {
  removeCredential,
  insertCredential,
  listCredentials,
  rotateCredential,
} from '../../../db/streams/credentials.ts';
import { listMirrorsUsingCredential } from '../../../db/mirror/mirrors.ts';
import { listSpacesUsingCredential } from '../../../db/knowledge/spaces.ts';
import { listCredentialUses } from '../../../db/streams/credential-uses.ts';
import { audited } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { Empty, PageOf } from '../../http/schema-parts.ts';
import { signalSpace, signalStored } from '../signals.ts';
import { credentialNotFound } from './credential-not-found.ts';
import {
  CredentialBody,
  CredentialParams,
  CredentialView,
  SecretBody,
  anyUser,
} from './credential-schema.ts';
import { originFrom } from './credential-origin.ts';
import { credentialView } from './credential-view.ts';
import { usesSeen } from './uses-seen.ts';

/** Secrets that give access to repositories; they are only ever received, never returned. */
export const addCredentialRoutes: AddRoutes = (
  api,
  { db, sealer, workflows, spaces, addressPolicy, meter },
) => {
  api.post(
    '/v1/credentials',
    {
      config: { role: 'admin', refuses: [409, 422] },
      schema: {
        tags: ['credentials'],
        summary: 'Add an HTTPS token',
        description: `\`username\` defaults to \`${anyUser}\`. The credential is never sent to another origin than \`origin\`.`,
        body: CredentialBody,
        response: { 201: CredentialView },
      },
    },
    async (request, reply) => {
      const { name, username = anyUser, token } = request.body;
      const origin = originFrom(request.body.origin, addressPolicy);
      const row = await audited(
        db,
        request,
        (transaction) => insertCredential(transaction, sealer, { name, username, origin, token }),
        (stored) =>
          stored && {
            action: 'credential.add',
            target: `credential/${stored.id}`,
            detail: { name, username, origin },
          },
      );
      if (row === null)
        throw new ApiProblem(
          409,
          'credential_exists',
          `There already is a credential named "${name}". Rotate it, or choose another name.`,
        );
      return reply.code(201).send(credentialView(row));
    },
  );

  api.get(
    '/v1/credentials',
    {
      config: { role: 'operator', refuses: [422] },
      schema: {
        tags: ['credentials'],
        summary: 'List credentials, without secrets',
        description:
          'A token that is limited to some projects only gets the credentials that their mirrors use.',
        querystring: PageQuery,
        response: { 200: PageOf(CredentialView) },
      },
    },
    async (request) => {
      const { limit, after } = pageStart(request.query, /^[^\p{Cc}]+$/u);
      const caller = callerOf(request);
      const rows = await listCredentials(db, { only: caller.projects, after, limit: limit + 1 });
      const ids = rows.map(({ id }) => id);
      const uses = await listCredentialUses(db, ids, usesSeen(caller));
      return pageOf(
        rows,
        limit,
        ({ name }) => name,
        (row) => credentialView(row, uses.get(row.id)),
      );
    },
  );

  api.put(
    '/v1/credentials/:credential/secret',
    {
      config: { role: 'admin', refuses: [404, 422] },
      schema: {
        tags: ['credentials'],
        summary: 'Rotate a secret',
        description:
          'Mirrors and spaces that use the credential try again at once. Another `origin` needs the secret, too.',
        params: CredentialParams,
        body: SecretBody,
        response: { 200: CredentialView },
      },
    },
    async (request) => {
      const { credential: id } = request.params;
      const { username = null, token, origin: asked } = request.body;
      const origin = asked === undefined ? null : originFrom(asked, addressPolicy);
      const result = await audited(
        db,
        request,
        (transaction) => rotateCredential(transaction, sealer, id, { username, origin, token }),
        (rotated) =>
          rotated.kind === 'rotated'
            ? {
                action: 'credential.rotate',
                target: `credential/${id}`,
                detail: { name: rotated.row.name, origin: rotated.row.origin },
              }
            : null,
      );
      if (result.kind === 'not_found') throw credentialNotFound(id);
      if (result.kind === 'no_origin')
        throw fieldProblem(
          '/origin',
          `is needed: nobody has said yet what the credential "${result.name}" is for`,
        );
      meter.credentialRotated();
      const mirrors = await listMirrorsUsingCredential(db, id);
      const spaceIds = await listSpacesUsingCredential(db, id);
      await Promise.all([
        ...mirrors.map((mirror) => signalStored(workflows, request.log, mirror, 'retryNow')),
        ...spaceIds.map((spaceId) => signalSpace(spaces, request.log, spaceId, 'retryNow')),
      ]);
      const uses = await listCredentialUses(db, [id], usesSeen(callerOf(request)));
      return credentialView(result.row, uses.get(id));
    },
  );

  api.delete(
    '/v1/credentials/:credential',
    {
      config: { role: 'admin', refuses: [404, 409] },
      schema: {
        tags: ['credentials'],
        summary: 'Remove a credential that no active mirror or space uses',
        params: CredentialParams,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const { credential: id } = request.params;
      const result = await audited(
        db,
        request,
        (transaction) => removeCredential(transaction, id),
        ({ kind }) =>
          kind === 'deleted' ? { action: 'credential.remove', target: `credential/${id}` } : null,
      );
      if (result.kind === 'not_found') throw credentialNotFound(id);
      if (result.kind === 'in_use')
        throw new ApiProblem(
          409,
          'credential_in_use',
          `${result.by.join(', ')} use this credential. Give them another credential first.`,
        );
      return reply.code(204).send(null);
    },
  );
};
