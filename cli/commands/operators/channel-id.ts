import type { ApiClient } from '../../client/api-client.ts';
import { UsageError } from '../../client/client-command.ts';
import { uuid } from '../../../model/text/uuid.ts';

/** The id of a channel that is given by its name or id. Throws {@link UsageError} if there is none of that name. */
export async function channelId(client: ApiClient, nameOrId: string): Promise<string> {
  if (uuid.test(nameOrId.toLowerCase())) return nameOrId.toLowerCase();
  const { items } = await client.send('GET /v1/notice-channels', {});
  const found = items.find(({ name }) => name === nameOrId);
  if (found === undefined)
    throw new UsageError(
      `There is no channel "${nameOrId}". \`gitward channels list\` lists the existing ones.`,
    );
  return found.id;
}

/** The channels of a mirror or a space, as the API expects them; nothing if none were given. */
export async function channelsOf(
  client: ApiClient,
  names: readonly string[] | undefined,
): Promise<{ channels?: string[] }> {
  if (names === undefined) return {};
  return { channels: await Promise.all(names.map((name) => channelId(client, name))) };
}
