import type { ApiClient } from '../../client/api-client.ts';
import { UsageError } from '../../client/client-command.ts';

/** The id of the credential that a person names, or whose id they give. Throws {@link UsageError} where there is none. */
export async function credentialId(client: ApiClient, nameOrId: string): Promise<string> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(nameOrId)) return nameOrId.toLowerCase();
  const items = (await client.list('/v1/credentials')) as { id: string; name: string }[];
  const found = items.find(({ name }) => name === nameOrId);
  if (!found)
    throw new UsageError(
      `There is no credential "${nameOrId}". \`gitward credentials list\` shows those that there are.`,
    );
  return found.id;
}
