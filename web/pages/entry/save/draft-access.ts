import { api, dataOf } from '../../../api/client.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import type { Draft } from '../../../api/types.ts';
import { readDraft } from '../entry-queries.ts';
import type { DraftContent } from './draft-keeper.ts';
import { isContentOf } from './same-content.ts';

const one = '/v1/spaces/{space}/drafts/{draft}';

/** A draft at the server: of an entry, or of a new one of a kind. */
export interface DraftAccess {
  /** The id of the draft, whether there is one yet or not. */
  draft: string;
  /** Under which name this machine keeps what the server does not have. */
  key: string;
  put(content: DraftContent, base: string | null, revision: number): Promise<Draft>;
  recover(lost: readonly DraftContent[], error: unknown): Promise<Draft | null>;
  discard(): Promise<void>;
}

/** The caller's draft of something in a space. */
export function draftAccess(
  space: string,
  draft: string,
  { of, key }: { of: { entry: string } | { kind: string }; key: string },
): DraftAccess {
  const params = { path: { space, draft } };
  return {
    ...{ draft, key },
    put: (content, base, revision) =>
      dataOf(
        api.PUT(one, {
          params,
          body: { ...of, ...('entry' in of && base !== null && { base }), ...content, revision },
        }),
      ),
    async recover(lost, error) {
      if (!(error instanceof ProblemError) || error.code !== 'draft_moved') return null;
      const now = await readDraft(space, draft);
      return lost.some((one) => isContentOf(one, now)) ? now : null;
    },
    discard: async () => {
      await api.DELETE(one, { params });
    },
  };
}
