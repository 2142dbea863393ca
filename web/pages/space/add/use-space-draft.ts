import { useCallback, useEffect, useState } from 'react';
import { keptSpaceDraft, parseSpaceDraft, type SpaceDraft } from './space-draft.ts';

/** Changes some of the draft. */
export type ChangeSpaceDraft = (changed: Partial<SpaceDraft>) => void;

/** The draft of this caller in this tab, which survives a reload; how to change it, and to forget it when it is done. */
export function useSpaceDraft(callerId: string): {
  draft: SpaceDraft;
  change: ChangeSpaceDraft;
  forget: () => void;
} {
  // Another person who signs in in the same tab begins anew.
  const key = `gitward-new-space-${callerId}`;
  const [draft, setDraft] = useState(() => parseSpaceDraft(sessionStorage.getItem(key)));
  const [isForgotten, setForgotten] = useState(false);
  useEffect(() => {
    if (isForgotten) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(keptSpaceDraft(draft)));
  }, [key, draft, isForgotten]);
  const change = useCallback(
    (changed: Partial<SpaceDraft>) => setDraft((before) => ({ ...before, ...changed })),
    [],
  );
  const forget = useCallback(() => setForgotten(true), []);
  return { draft, change, forget };
}
