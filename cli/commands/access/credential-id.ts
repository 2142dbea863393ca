import type { ApiClient } from '../../client/api-client.ts';
import { UsageError } from '../../client/client-command.ts';

/**
 * The id of a credential that is given by its name or id. Throws {@link UsageError} if there is no
 * credential with that name.
 */
export async function credentialId(client: ApiClient, nameOrId: string): Promise<string> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(nameOrId)) return nameOrId.toLowerCase();
  const items = await client.list('GET /v1/credentials', {});
  const found = items.find(({ name }) => name === nameOrId);
  if (!found)
    throw new UsageError(
      `There is no credential "${nameOrId}". \`gitward credentials list\` lists the existing ones.`,
    );
  return found.id;
}
