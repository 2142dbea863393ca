import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Entry } from '../../../api/types.ts';
import { texts } from '../../../texts/index.ts';
import { clashOf, type Clash } from '../save/clash.ts';
import type { Editing } from './use-editing.ts';
import { readEntryNow } from '../entry-queries.ts';
import { baseOf, updateDraft } from './start-editing.ts';

const words = texts.entry;
/** So long after somebody has typed again, it is merged once more, in milliseconds. */
const again = 1_500;

/**
 * Takes over what an entry has become while it is edited: at once if nothing was written; else both are merged, or whoever
 * writes is asked (`onClash`). `isBusy`: something else is changing what is edited.
 * Returns what to say of it; `null`: nothing happened.
 */
export function useNewerVersion({
  entry,
  space,
  draft,
  editing,
  isBusy,
  onClash,
}: {
  entry: Entry;
  space: string;
  draft: string;
  editing: Editing;
  isBusy: boolean;
  onClash: (clash: Clash) => void;
}): string | null {
  const client = useQueryClient();
  const [news, setNews] = useState<string | null>(null);
  /** How often it was tried while somebody went on writing. */
  const [round, setRound] = useState(0);
  const merge = useMutation({
    mutationFn: async (): Promise<'done' | 'later'> => {
      if (editing.content() === null && editing.draft === null) {
        editing.show(baseOf(entry), null);
        setNews(words.reloaded);
        return 'done';
      }
      await editing.flush();
      const writings = editing.writings.current;
      const merged = await updateDraft(space, draft);
      // Who went on writing meanwhile keeps that: it is merged at the next pause.
      const now = await readEntryNow(client, space, entry.id);
      if (editing.writings.current !== writings || now.blob !== merged.base) return 'later';
      editing.show(baseOf(now), merged);
      setNews(words.merged);
      return 'done';
    },
    onSuccess: (outcome) => {
      if (outcome === 'later') setTimeout(() => setRound((before) => before + 1), again);
    },
    onError: (error) => {
      const clash = clashOf(error);
      if (clash !== null) onClash(clash);
    },
  });
  const begin = useEffectEvent(() => {
    if (entry.blob !== editing.base.blob && !isBusy && !merge.isPending) merge.mutate();
  });
  useEffect(() => begin(), [entry.blob, editing.base.blob, isBusy, round]);
  return news;
}
