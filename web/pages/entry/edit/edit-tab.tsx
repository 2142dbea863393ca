import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v4 as uuid } from 'uuid';
import { useCaller } from '../../../api/session.ts';
import type { Entry, Kind } from '../../../api/types.ts';
import type { EditorHandle } from '../../../editor/rich/rich-view.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { findDraft, readEntryNow } from '../entry-queries.ts';
import { backupKey } from '../save/backup.ts';
import { draftAccess } from '../save/draft-access.ts';
import { usePublish } from '../save/use-publish.ts';
import { EntryEditor } from './entry-editor.tsx';
import { baseOf, startEditing, updateDraft, type Start } from './start-editing.ts';
import { useEditing } from './use-editing.ts';
import { useNewerVersion } from './use-newer-version.ts';

/** Front matter that cannot be read has no fields: then the file is edited as it is. */
const unreadable = new Set([
  'unparsable',
  'not_utf8',
  'too_large',
  'lfs_pointer',
  'no_front_matter',
]);

/** Edits an entry, going on with what was written before. */
export function EditTab({ space, kind, entry }: { space: string; kind: Kind; entry: Entry }) {
  const client = useQueryClient();
  const caller = useCaller();
  /** Another one begins anew. */
  const [attempt, setAttempt] = useState(0);
  const key = backupKey(caller.id, space, entry.id);
  const {
    data: start,
    error,
    refetch,
  } = useQuery({
    queryKey: ['space', space, 'editing', entry.id, attempt],
    queryFn: () =>
      startEditing(space, entry.id, { keep: localStorage, key }, () =>
        readEntryNow(client, space, entry.id),
      ),
    // It begins once: what comes later is merged into what is being written.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (start === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return (
    <Edited
      key={attempt}
      {...{ space, kind, entry, start, backup: key }}
      onAgain={() => setAttempt(attempt + 1)}
    />
  );
}

function Edited({
  space,
  kind,
  entry,
  start,
  backup,
  onAgain,
}: {
  space: string;
  kind: Kind;
  entry: Entry;
  start: Start;
  backup: string;
  onAgain: () => void;
}) {
  const [draft] = useState(() => start.draft?.id ?? uuid());
  const [access] = useState(() =>
    draftAccess(space, draft, { of: { entry: entry.id }, key: backup }),
  );
  const isFile = kind.format === 'json' || entry.problems.some(({ code }) => unreadable.has(code));
  const editor = useRef<EditorHandle>(null);
  const editing = useEditing({ start, isFile, editor, access });
  const publishing = usePublish(space, draft, editing, (now, wasTyping) => {
    // Who went on writing has a draft of that, on what was saved.
    if (!wasTyping) editing.show(baseOf(now), null);
  });
  const client = useQueryClient();
  const [decided, setDecided] = useState(start.clash === null);
  const settle = useMutation({
    mutationFn: async (parts: Record<string, 'git' | 'mine'>) => {
      await editing.flush();
      const merged = await updateDraft(space, draft, parts);
      return { merged, now: await readEntryNow(client, space, entry.id) };
    },
    onSuccess: ({ merged, now }) => {
      editing.show(baseOf(now), merged);
      publishing.setClash(null);
      setDecided(true);
    },
  });
  const news = useNewerVersion({
    ...{ entry, space, draft, editing },
    isBusy: publishing.isSaving || settle.isPending || !decided || publishing.clash !== null,
    onClash: publishing.setClash,
  });
  const clash = publishing.clash ?? (decided ? null : start.clash);
  return (
    <EntryEditor
      {...{ space, kind, entry, start, isFile, editing, editor, news }}
      publishing={{ ...publishing, clash }}
      onSettle={(parts) => settle.mutate(parts)}
      settling={{ isWorking: settle.isPending, error: settle.error }}
      onSave={publishing.save}
      onDiscard={async () => {
        await access.discard();
        editing.show(baseOf(entry), null);
      }}
      onTakeOther={() => {
        void findDraft(space, entry.id).then((other) => {
          if (other !== null) editing.show(editing.base, other);
          onAgain();
        });
      }}
    />
  );
}
