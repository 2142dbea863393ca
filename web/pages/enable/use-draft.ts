import { useCallback, useEffect, useState } from 'react';
import { begunWith, keptDraft, parseDraft, type Draft } from './draft.ts';
import type { EnableSearch } from './enable-search.ts';

/** Changes some of the draft. */
export type ChangeDraft = (changed: Partial<Draft>) => void;

/** The draft of this caller in this tab, which survives a reload; how to change it, and to forget it when it is done. */
export function useDraft(
  callerId: string,
  search: EnableSearch,
): { draft: Draft; change: ChangeDraft; forget: () => void } {
  // Another person who signs in in the same tab begins anew.
  const key = `gitward-enable-${callerId}`;
  const [draft, setDraft] = useState(() =>
    begunWith(parseDraft(sessionStorage.getItem(key)), search),
  );
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(keptDraft(draft))), [key, draft]);
  const change = useCallback(
    (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed })),
    [],
  );
  const forget = useCallback(() => sessionStorage.removeItem(key), [key]);
  return { draft, change, forget };
}
