import type { Static } from '@fastify/type-provider-typebox';
import {
  findPerson,
  insertPerson,
  listPeople,
  lockPerson,
  updatePerson,
  type PersonRow,
} from '../../../db/access/people.ts';
import { removeHostTokensOf } from '../../../db/access/host-tokens.ts';
import { removeSessionsOf } from '../../../db/access/sessions.ts';
import { removeLinksOf } from '../../../db/access/sign-in-links.ts';
import type { PersonFacts } from '../../../model/access/person.ts';
import { uuid } from '../../../model/text/uuid.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem } from '../../http/problem.ts';
import { PageOf } from '../../http/schema-parts.ts';
import { audited } from '../audited.ts';
import { grantsFrom, projectsFrom } from '../grants.ts';
import { personNotFound } from './person-problems.ts';
import { PersonBody, PersonParams, PersonPatch, personView, PersonView } from './person-schema.ts';

const tags = ['people'];

/** Who signs in as themselves. */
export const addPersonRoutes: AddRoutes = (api, deps) => {
  addReads(api, deps);
  addWrites(api, deps);
};

function addReads(api: Api, { db }: ApiDeps): void {
  api.get(
    '/v1/people',
    {
      config: { role: 'admin', refuses: [422] },
      schema: {
        tags,
        summary: 'List people, including disabled ones',
        querystring: PageQuery,
        response: { 200: PageOf(PersonView) },
      },
    },
    async (request) => {
      const { limit, after } = pageStart(request.query, uuid);
      const rows = await listPeople(db, { after, limit: limit + 1 });
      return pageOf(rows, limit, ({ id }) => id, personView);
    },
  );
  api.get(
    '/v1/people/:person',
    {
      config: { role: 'admin', refuses: [404] },
      schema: {
        tags,
        summary: 'Show a person',
        params: PersonParams,
        response: { 200: PersonView },
      },
    },
    async (request) => {
      const { person: id } = request.params;
      const row = await findPerson(db, id);
      if (row === null) throw personNotFound(id);
      return personView(row);
    },
  );
}

function addWrites(api: Api, { db }: ApiDeps): void {
  api.post(
    '/v1/people',
    {
      config: { role: 'admin', refuses: [422] },
      schema: {
        tags,
        summary: 'Add a person',
        description:
          'They sign in with links (POST /v1/sign-in-links). People of an OpenID Connect provider are added when they first sign in.',
        body: PersonBody,
        response: { 201: PersonView },
      },
    },
    async (request, reply) => {
      const { name, email, role } = request.body;
      const facts: PersonFacts = {
        ...{ name, email, role },
        projects: projectsFrom(role, request.body.projects),
        spaces: grantsFrom(role, request.body.spaces),
      };
      const row = await audited(
        db,
        request,
        (trx) => insertPerson(trx, facts),
        ({ id }) => ({ action: 'person.create', target: `person/${id}`, detail: { ...facts } }),
      );
      return reply.code(201).header('location', `/v1/people/${row.id}`).send(personView(row));
    },
  );
  api.patch(
    '/v1/people/:person',
    {
      config: { role: 'admin', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Change what a person may do, or disable them',
        description:
          'A new role counts at once. Of people who come from the provider only `isDisabled` can be changed here: 409 `person_managed`.',
        params: PersonParams,
        body: PersonPatch,
        response: { 200: PersonView },
      },
    },
    async (request) => {
      const { person: id } = request.params;
      const row = await audited(
        db,
        request,
        async (trx) => {
          const before = await lockPerson(trx, id);
          if (before === null) throw personNotFound(id);
          const isDisabled = request.body.isDisabled ?? before.disabledAt !== null;
          const after = { ...factsAfter(before, request.body), isDisabled };
          // Also when they are enabled: somebody may have been signing in while they were disabled.
          if (isDisabled || before.disabledAt !== null) {
            await removeSessionsOf(trx, id);
            await removeLinksOf(trx, id);
            await removeHostTokensOf(trx, { tokenId: null, personId: id });
          }
          return updatePerson(trx, id, after);
        },
        ({ name }) => ({
          action: 'person.change',
          target: `person/${id}`,
          detail: { name, ...request.body },
        }),
      );
      return personView(row);
    },
  );
}

/** What is said of a person after a change; throws 409 `person_managed`, or 422. */
function factsAfter(before: PersonRow, patch: Static<typeof PersonPatch>): PersonFacts {
  const asked = [patch.name, patch.email, patch.role, patch.projects, patch.spaces];
  if (before.issuer !== null && asked.some((value) => value !== undefined))
    throw new ApiProblem(
      409,
      'person_managed',
      `${before.name} comes from ${before.issuer}: change them there, or the rules of /v1/settings/open-id-connect.`,
    );
  const { name = before.name, email = before.email, role = before.role, projects, spaces } = patch;
  // Somebody who is no longer an admin keeps nothing that they were not given.
  const stays = role === before.role || (before.role !== 'admin' && role !== 'admin');
  return {
    ...{ name, email, role },
    projects: projects === undefined && stays ? before.projects : projectsFrom(role, projects),
    spaces: spaces === undefined && stays ? before.spaces : grantsFrom(role, spaces),
  };
}
