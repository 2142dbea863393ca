import { Type } from '@fastify/type-provider-typebox';
import { findPerson } from '../../../db/access/people.ts';
import { insertSignInLink } from '../../../db/access/sign-in-links.ts';
import type { Db } from '../../../db/connect.ts';
import type { Actor } from '../../../model/access/actor.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { Strict, Uuid } from '../../http/schema-parts.ts';
import { audited } from '../audited.ts';
import { callerOf, requireRole } from '../authentication.ts';
import { personNotFound } from '../people/person-problems.ts';
import { SignInLink } from './session-schema.ts';
import { signInUrl } from './sign-in-url.ts';

/** Makes links that sign in. */
export const addSignInLinkRoutes: AddRoutes = (api, { db, publicUrl }) => {
  api.post(
    '/v1/sign-in-links',
    {
      config: { role: 'agent', refuses: [404, 409] },
      schema: {
        tags: ['signing in'],
        summary: 'Make a link that signs the caller in, or a person (admins)',
        description:
          'It works once, within ten minutes. A token makes links for itself; a session cannot, since it would never end.',
        body: Strict({ person: Type.Optional(Uuid) }),
        response: { 201: SignInLink },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { person } = request.body;
      if (person !== undefined) requireRole(caller, 'admin');
      else if (caller.sessionId !== null)
        throw new ApiProblem(
          403,
          'link_refused',
          'A session cannot make a link for itself. Use a token (`gitward sign-in`), or ask an admin.',
        );
      const made = await audited(
        db,
        request,
        async (trx) =>
          insertSignInLink(trx, person === undefined ? caller : await signingIn(trx, person)),
        () => ({
          action: 'sign-in-link.create',
          target: person === undefined ? `token/${caller.tokenId}` : `person/${person}`,
        }),
      );
      return reply.code(201).send({
        url: signInUrl(publicUrl(), made.code),
        expiresAt: made.expiresAt.toISOString(),
      });
    },
  );
};

/** A person who may sign in with a link: throws 404 or 409. */
async function signingIn(db: Db, id: string): Promise<Actor> {
  const person = await findPerson(db, id);
  if (person === null) throw personNotFound(id);
  if (person.disabledAt !== null)
    throw new ApiProblem(409, 'person_disabled', `${person.name} is disabled. Enable them first.`);
  // Otherwise nobody would notice when the provider lets them go.
  if (person.issuer !== null)
    throw new ApiProblem(
      409,
      'person_managed',
      `${person.name} signs in at ${person.issuer}, not with a link.`,
    );
  return { tokenId: null, personId: id };
}
