import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import type { Entry } from '../../../api/types.ts';
import type { Editing } from '../edit/use-editing.ts';
import { baseOf, updateDraft, type EditBase } from '../edit/start-editing.ts';
import { readEntryNow } from '../entry-queries.ts';
import { clashOf, isMergeable, type Clash } from './clash.ts';
import { secretsOf, type FoundSecret } from './found-secrets.ts';

/** So long a save can be taken back by one click, in milliseconds. */
const undoFor = 60_000;

/** What was saved a moment ago. */
export interface Saved {
  entry: string;
  /** The entry before it; `null`: there was none. */
  before: EditBase | null;
  /** The review that it became; `null`: it counts already. */
  review: number | null;
}

interface Save {
  message: string;
  /** The fingerprints of what looks like secrets and may be in Git. */
  confirmed: string[];
}

/** Saving what was written, and taking it back. */
export interface Publishing {
  save: (message: string) => void;
  isSaving: boolean;
  error: Error | null;
  clash: Clash | null;
  setClash: (clash: Clash | null) => void;
  /** Because of which nothing was saved, until it is confirmed or saved again; `null`: there are none. */
  secrets: FoundSecret[] | null;
  /** Saves again what was not, with these secrets. */
  confirmSecrets: () => void;
  saved: Saved | null;
  /** Whether it can still be taken back. */
  canUndo: boolean;
  undo: () => void;
  isUndoing: boolean;
}

/**
 * Publishes a draft. If its entry has changed meanwhile, both are merged first; what clashes has to be decided. `onSaved` gets
 * the entry as it is then.
 */
export function usePublish(
  space: string,
  draft: string,
  editing: Editing,
  onSaved: (entry: Entry, wasTyping: boolean) => void,
): Publishing {
  const client = useQueryClient();
  const [clash, setClash] = useState<Clash | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [canUndo, setCanUndo] = useState(false);
  const read = (entry: string) => readEntryNow(client, space, entry);
  const publish = async ({ message, confirmed }: Save) => {
    const body = message.trim() === '' ? {} : { message };
    const query = confirmed.length === 0 ? {} : { confirmSecrets: confirmed.join(',') };
    const params = { path: { space, draft }, query };
    const send = () =>
      dataOf(api.POST('/v1/spaces/{space}/drafts/{draft}/actions/publish', { params, body }));
    try {
      return await send();
    } catch (error) {
      if (!isMergeable(error)) throw error;
      await updateDraft(space, draft);
      return send();
    }
  };
  const save = useMutation({
    mutationFn: async (asked: Save) => {
      await editing.flush();
      const writings = editing.writings.current;
      const before = editing.base.blob === null ? null : editing.base;
      const { entries, review } = await publish(asked);
      const [id = ''] = entries;
      // What is reviewed is no entry yet, if it is a new one.
      const entry = review !== null && before === null ? null : await read(id);
      return { entry, writings, saved: { entry: id, before, review: review?.number ?? null } };
    },
    onSuccess: ({ entry, writings, saved: done }) => {
      setSaved(done);
      setCanUndo(done.review === null);
      if (entry !== null) onSaved(entry, editing.writings.current !== writings);
    },
    onError: (error) => setClash(clashOf(error)),
  });
  const undo = useMutation({
    mutationFn: async ({ entry, before }: Saved) => {
      const { blob } = await read(entry);
      const path = { space, entry };
      const params = { path };
      const base = blob ?? '';
      if (before === null)
        await api.DELETE('/v1/spaces/{space}/entries/{entry}', {
          params: { path, query: { base } },
        });
      else
        await api.PUT('/v1/spaces/{space}/entries/{entry}', {
          params,
          body: { base, text: before.text },
        });
      return before === null ? null : read(entry);
    },
    onSuccess: (entry) => {
      setSaved(null);
      setCanUndo(false);
      if (entry !== null) editing.show(baseOf(entry), null);
    },
  });
  useEffect(() => {
    if (!canUndo) return undefined;
    const timer = setTimeout(() => setCanUndo(false), undoFor);
    return () => clearTimeout(timer);
  }, [canUndo, saved]);
  const error = save.error ?? undo.error;
  const secrets = secretsOf(save.error);
  const isAsked = secrets !== null || clashOf(error) !== null;
  return {
    save: (message) => {
      setClash(null);
      save.mutate({ message, confirmed: [] });
    },
    isSaving: save.isPending,
    error: isAsked ? null : error,
    ...{ clash, setClash, secrets, saved, canUndo },
    confirmSecrets: () =>
      save.mutate({
        message: save.variables?.message ?? '',
        confirmed: [
          ...(save.variables?.confirmed ?? []),
          ...(secrets ?? []).map(({ fingerprint }) => fingerprint),
        ],
      }),
    undo: () => saved !== null && undo.mutate(saved),
    isUndoing: undo.isPending,
  };
}
