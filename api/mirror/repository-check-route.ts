import { Type } from '@fastify/type-provider-typebox';
import { findPlaceOwner } from '../../db/streams/places.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { callerOf } from '../access/authentication.ts';
import { seesProject } from '../access/caller.ts';
import type { AddRoutes } from '../http/deps.ts';
import { fieldProblem, projectNotFound } from '../http/problem.ts';
import { Id, Nullable, Secret, Strict } from '../http/schema-parts.ts';
import { whileWaitedFor } from '../http/while-waited-for.ts';
import { Username, anyUser } from '../streams/credentials/credential-schema.ts';
import { FindingsView } from '../streams/findings-schema.ts';
import { placeTakenBy } from './mirrors/place-taken.ts';
import { repositoryFrom } from './mirrors/mirror-settings.ts';
import { Repository } from './mirrors/settings-schema.ts';

const CheckBody = Strict({
  repository: Strict({
    ...Repository.properties,
    branch: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'Defaults to `main`.' }),
    ),
  }),
  credential: Type.Optional(
    Strict(
      { username: Type.Optional(Username), token: Secret },
      { description: 'One that is not stored yet, instead of `repository.credentialId`.' },
    ),
  ),
  mirror: Type.Optional(
    Strict(
      { projectId: Id, branchId: Id },
      { description: 'The mirror that is to write there, to learn whether the place is taken.' },
    ),
  ),
});

/** What was found in a repository where a mirror is to write. */
export const RepositoryCheckView = Type.Object({
  ...FindingsView.properties,
  placeTaken: Nullable(
    Type.String({ description: 'Which other stream writes there, and what to do.' }),
  ),
});

/** How long a check may take, in milliseconds. */
const patience = 60_000;

/** The route that checks a repository before a mirror writes to it. */
export const addRepositoryCheckRoute: AddRoutes = (api, deps) => {
  api.post(
    '/v1/repositories/actions/check',
    {
      // It sends a credential to the repository's host.
      config: { role: 'admin', refuses: [404, 422] },
      schema: {
        tags: ['mirrors'],
        summary: 'Check whether a repository can be reached and written, and who may read it',
        description: 'Changes nothing, and stores nothing.',
        body: CheckBody,
        response: { 200: RepositoryCheckView },
      },
    },
    async (request, reply) => {
      const { mirror, credential: given, repository } = request.body;
      if (mirror && !seesProject(callerOf(request), mirror.projectId))
        throw projectNotFound(mirror.projectId);
      const checked = await repositoryFrom({ branch: 'main', ...repository }, deps);
      const { url, branch, subdirectory: folder, credentialId } = checked;
      if (given !== undefined && credentialId !== null)
        throw fieldProblem('/credential', 'is given beside a stored one: give only one of them');
      const credential = given
        ? { username: given.username ?? anyUser, password: given.token }
        : credentialId === null
          ? null
          : { id: credentialId };
      const by =
        mirror === undefined
          ? null
          : await deps.db
              .transaction()
              .execute((transaction) =>
                findPlaceOwner(transaction, mirrorStream(mirror), { url, branch, folder }),
              );
      const findings = await whileWaitedFor(
        reply,
        { what: 'The check of the repository', patience },
        (signal) => deps.checkRepository({ url, branch, credential }, { signal }),
      );
      return { ...findings, placeTaken: by && placeTakenBy(by) };
    },
  );
};
