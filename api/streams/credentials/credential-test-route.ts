import { listRepositoriesOfCredential } from '../../../db/streams/credential-uses.ts';
import { findCredential } from '../../../db/streams/credentials.ts';
import { writeAudit } from '../../access/audited.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { fieldProblem } from '../../http/problem.ts';
import { checkedAddress } from '../repository-refusals.ts';
import { credentialNotFound } from './credential-not-found.ts';
import { CredentialParams, CredentialTestBody, CredentialTestView } from './credential-schema.ts';
import { tryCredential } from './try-credential.ts';

/** The most repositories that one request tries. */
const mostTried = 5;

/** The route that tries whether a credential opens repositories. */
export const addCredentialTestRoute: AddRoutes = (api, deps) => {
  const { db, addressPolicy } = deps;

  api.post(
    '/v1/credentials/:credential/actions/test',
    {
      config: { role: 'admin', refuses: [404, 422] },
      schema: {
        tags: ['credentials'],
        summary: 'Try whether a credential opens a repository',
        description:
          "Reads the repository's branches and changes nothing. The credential is never sent to another origin than its own. " +
          'A repository that anybody may read can also open with a wrong secret.',
        params: CredentialParams,
        body: CredentialTestBody,
        response: { 200: CredentialTestView },
      },
    },
    async (request) => {
      const { credential: id } = request.params;
      const row = await findCredential(db, id);
      if (row === null) throw credentialNotFound(id);
      const { repository } = request.body;
      const repositories =
        repository === undefined
          ? await listRepositoriesOfCredential(db, id, mostTried)
          : // A repository opens whether or not it has this branch.
            [{ url: checked(repository.url), branch: 'main' }];
      if (repositories.length === 0)
        throw fieldProblem(
          '/repository',
          `is needed: no mirror or space uses the credential "${row.name}"`,
        );
      const items = await Promise.all(repositories.map((one) => tryCredential(deps, id, one)));
      await writeAudit(db, request, {
        action: 'credential.test',
        target: `credential/${id}`,
        detail: {
          name: row.name,
          results: items.map((item) => ({ url: item.repository.url, result: item.result })),
        },
      });
      return { items };
    },
  );

  function checked(url: string): string {
    return checkedAddress('/repository/url', () => addressPolicy.checkRepositoryUrl(url));
  }
};
