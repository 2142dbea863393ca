import { api, dataOf } from '../../../api/client.ts';
import { ConfirmForm } from '../../../parts/confirm.tsx';
import { texts } from '../../../texts/index.ts';
import type { EntryItem } from '../entries-query.ts';
import { BulkOutcome } from './bulk-outcome.tsx';
import { useBulk } from './use-bulk.ts';

const { bulk: words } = texts.entries;

/** Removes several entries, each as it was seen. */
export function RemoveMany({
  space,
  items,
  onClose,
}: {
  space: string;
  items: readonly EntryItem[];
  onClose: () => void;
}) {
  const { state, run, stop } = useBulk(space);
  if (state.kind !== 'asked')
    return (
      <BulkOutcome
        space={space}
        state={state}
        done={words.removed}
        onStop={stop}
        onClose={onClose}
      />
    );
  const remove = async ({ id, blob }: EntryItem) => {
    const params = { path: { space, entry: id }, query: { base: blob ?? '' } };
    // A removal that is done has no answer.
    const answer = await dataOf<object | null>(
      api.DELETE('/v1/spaces/{space}/entries/{entry}', { params }) as Promise<{
        data?: object | null;
      }>,
    );
    return { isInReview: answer !== null && typeof answer === 'object' && 'review' in answer };
  };
  return (
    <ConfirmForm
      question={{ text: words.removeText, action: words.remove }}
      isWorking={false}
      error={null}
      onConfirm={() => void run(items, remove)}
      onClose={onClose}
    />
  );
}
