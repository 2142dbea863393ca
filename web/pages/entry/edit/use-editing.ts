import { useQueryClient } from '@tanstack/react-query';
import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type RefObject,
} from 'react';
import type { EntryFields } from '../../../../model/knowledge/entry.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import { sessionKey } from '../../../api/session.ts';
import type { Draft } from '../../../api/types.ts';
import type { EditorHandle } from '../../../editor/rich/rich-view.tsx';
import { changedFields } from '../form/form-fields.ts';
import { writeBackup } from '../save/backup.ts';
import { DraftKeeper, type DraftContent, type KeptState } from '../save/draft-keeper.ts';
import type { DraftAccess } from '../save/draft-access.ts';
import type { EditBase, Start } from './start-editing.ts';

/** What is being edited, and how it is kept. */
export interface Editing {
  base: EditBase;
  fields: EntryFields;
  /** The newest draft as the server has it; `null`: there is none. */
  draft: Draft | null;
  kept: KeptState;
  isChanged: boolean;
  /** What was written so far; `null`: nothing differs from the base. */
  content: () => DraftContent | null;
  setField: (name: string, value: EntryFields[string] | undefined) => void;
  /** The text was changed in the editor. */
  noteText: () => void;
  /** Stores what was written at once. */
  flush: () => Promise<void>;
  /** Shows another base, with a draft on it or without. */
  show: (base: EditBase, draft: Draft | null) => void;
  /** How often something was written, to notice that somebody went on writing. */
  writings: RefObject<number>;
  /** Writes over what another window has written. */
  overwrite: (revision: number) => void;
}

/** Edits an entry, or its file as a whole (`isFile`): keeps what is written as a draft. */
export function useEditing({
  start,
  isFile,
  editor,
  access,
}: {
  start: Start;
  isFile: boolean;
  editor: RefObject<EditorHandle | null>;
  access: DraftAccess;
}): Editing {
  const client = useQueryClient();
  const [base, setBase] = useState(start.base);
  const [draft, setDraft] = useState(start.draft);
  const [fields, setFields] = useState<EntryFields>(
    (start.draft?.fields as EntryFields | undefined) ?? start.base.fields,
  );
  const [kept, setKept] = useState<KeptState>({ kind: 'kept', at: start.draft?.updatedAt ?? null });
  const writings = useRef(0);
  const now = useRef({ base, fields });
  const textNow = () => editor.current?.text() ?? (isFile ? base.text : base.body);
  const content = (): DraftContent | null => {
    const text = textNow();
    const { base: from, fields: current } = now.current;
    if (isFile) return text === from.text ? null : { text };
    const changed = changedFields(from.fields, current);
    const hasFields = Object.keys(changed).length > 0;
    const hasBody = text !== from.body;
    if (!hasFields && !hasBody) return null;
    return { ...(hasFields && { fields: changed }), ...(hasBody && { body: text }) };
  };
  const begin = useEffectEvent(
    () =>
      new DraftKeeper<Draft>(
        {
          put: (written, revision) => access.put(written, now.current.base.blob, revision),
          recover: (lost, error) => access.recover(lost, error),
          discard: () => access.discard(),
          backUp: (written) =>
            writeBackup(
              localStorage,
              access.key,
              written && {
                ...{ draft: access.draft, base: now.current.base.blob },
                content: written,
                at: new Date().toISOString(),
              },
            ),
          isPassing,
          // While somebody types, nothing else of the page is drawn anew.
          onState: (next) =>
            setKept((before) =>
              before.kind === 'waiting' && next.kind === 'waiting' ? before : next,
            ),
          onStored: setDraft,
        },
        start.draft?.revision ?? 0,
      ),
  );
  const keeper = useRef<DraftKeeper<Draft> | null>(null);
  // What was written is read from the editor one last time, so this ends before the editor does: as a layout effect.
  useLayoutEffect(() => {
    const made = begin();
    keeper.current = made;
    const leave = () => made.end();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      made.end();
      keeper.current = null;
    };
  }, []);
  const write = () => {
    writings.current += 1;
    keeper.current?.change(content);
  };
  // Whoever is not signed in any more signs in again, and finds what was written.
  const isSignedOut =
    kept.kind === 'failed' && kept.error instanceof ProblemError && kept.error.status === 401;
  useEffect(() => {
    if (isSignedOut) void client.invalidateQueries({ queryKey: sessionKey });
  }, [client, isSignedOut]);
  return {
    ...{ base, fields, draft, kept, content, writings },
    isChanged: draft !== null || kept.kind !== 'kept',
    setField(name, value) {
      const next = { ...now.current.fields };
      if (value === undefined) Reflect.deleteProperty(next, name);
      else next[name] = value;
      now.current = { ...now.current, fields: next };
      setFields(next);
      write();
    },
    noteText: write,
    flush: async () => keeper.current?.flush(),
    show(nextBase, nextDraft) {
      const nextFields = (nextDraft?.fields as EntryFields | undefined) ?? nextBase.fields;
      now.current = { base: nextBase, fields: nextFields };
      setBase(nextBase);
      setFields(nextFields);
      setDraft(nextDraft);
      editor.current?.replace(
        isFile ? (nextDraft?.text ?? nextBase.text) : (nextDraft?.body ?? nextBase.body),
      );
      if (nextDraft === null) keeper.current?.forget();
      else keeper.current?.adopt(nextDraft);
      setKept({ kind: 'kept', at: nextDraft?.updatedAt ?? null });
    },
    overwrite(revision) {
      keeper.current?.adopt({ revision });
      write();
    },
  };
}

/** Whether the same request may work in a moment, without anybody doing anything. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof ProblemError &&
    (error.status === 0 || error.status >= 500 || error.status === 429)
  );
}
