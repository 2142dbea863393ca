import type { Item } from '../../../client/answers.ts';
import type { ApiClient } from '../../../client/api-client.ts';
import { UsageError } from '../../../client/client-command.ts';
import { oneLine } from '../../../client/layout.ts';

type DraftItem = Item<'GET /v1/spaces/:space/drafts'>;

/** The caller's draft with this id, or else of this entry; `null` if there is none. */
export async function findDraft(
  client: ApiClient,
  space: string,
  named: string,
): Promise<DraftItem | null> {
  const drafts = await client.list('GET /v1/spaces/:space/drafts', { space });
  return (
    drafts.find(({ id }) => id === named) ?? drafts.find(({ entry }) => entry === named) ?? null
  );
}

/** The same; throws {@link UsageError} if there is none. */
export async function draftNamed(
  client: ApiClient,
  space: string,
  named: string,
): Promise<DraftItem> {
  const draft = await findDraft(client, space, named);
  if (draft !== null) return draft;
  throw new UsageError(
    oneLine(
      `You have no draft ${named}, and none of an entry ${named}: gitward knowledge drafts ${space} lists yours.`,
    ),
  );
}
