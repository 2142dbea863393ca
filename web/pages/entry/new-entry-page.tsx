import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { v4 as uuid } from 'uuid';
import { useCaller, useMay } from '../../api/session.ts';
import type { Kind } from '../../api/types.ts';
import type { EditorHandle } from '../../editor/rich/rich-view.tsx';
import { NotFoundPage } from '../../parts/not-found-page.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { PageProblem } from '../../parts/page-problem.tsx';
import { texts } from '../../texts/index.ts';
import { spaceQuery } from '../../parts/knowledge/space-queries.ts';
import { EntryEditor } from './edit/entry-editor.tsx';
import { startNew, type Start } from './edit/start-editing.ts';
import { useEditing } from './edit/use-editing.ts';
import { backupKey } from './save/backup.ts';
import { draftAccess } from './save/draft-access.ts';
import { usePublish } from './save/use-publish.ts';

const words = texts.entry;
const route = getRouteApi('/signed-in/spaces/$space/new');

/** A new entry of a kind, or the question of which kind. What is written is a draft, whose id stands in the address. */
export function NewEntryPage() {
  const { space } = route.useParams();
  const { kind: name, draft } = route.useSearch();
  const { id: owner } = useCaller();
  const mayEdit = useMay('editor');
  const { data: of, error, refetch } = useQuery(spaceQuery(space));
  const key = backupKey(owner, space, `new ${name ?? ''}`);
  const begun = useQuery({
    queryKey: ['space', space, 'beginning', name],
    queryFn: () => startNew(space, name ?? '', draft, { keep: localStorage, key }),
    enabled: name !== undefined,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (of === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!mayEdit) return <NotFoundPage />;
  const kind = of.kinds.find((one) => one.name === name);
  if (kind === undefined) return <KindChoice space={space} kinds={of.kinds} />;
  if (begun.data === undefined)
    return <PageProblem error={begun.error} onRetry={() => void begun.refetch()} />;
  return (
    <>
      <PageHeader
        title={words.newTitle(kind.name)}
        detail={
          <Link to="/spaces/$space" params={{ space }}>
            {of.name}
          </Link>
        }
      />
      <NewEntry key={kind.name} space={space} kind={kind} start={begun.data} backup={key} />
    </>
  );
}

function KindChoice({ space, kinds }: { space: string; kinds: readonly Kind[] }) {
  const several = kinds.filter(({ file }) => file === null);
  return (
    <>
      <PageHeader title={words.chooseKind} />
      {several.length === 0 && <Text c="dimmed">{words.noKinds}</Text>}
      <Group gap="xs">
        {several.map(({ name }) => (
          <Button
            key={name}
            variant="default"
            renderRoot={(props) => (
              <Link {...props} to="/spaces/$space/new" params={{ space }} search={{ kind: name }} />
            )}
          >
            {name}
          </Button>
        ))}
      </Group>
    </>
  );
}

function NewEntry({
  space,
  kind,
  start,
  backup,
}: {
  space: string;
  kind: Kind;
  start: Start;
  backup: string;
}) {
  const navigate = useNavigate();
  const [draft] = useState(() => start.draft?.id ?? uuid());
  const [access] = useState(() =>
    draftAccess(space, draft, { of: { kind: kind.name }, key: backup }),
  );
  const editor = useRef<EditorHandle>(null);
  const editing = useEditing({ start, isFile: false, editor, access });
  const publishing = usePublish(space, draft, editing, ({ id }) => {
    void navigate({
      to: '/spaces/$space/entries/$entry',
      params: { space, entry: id },
      replace: true,
    });
  });
  const stored = editing.draft?.id;
  // Whoever comes back to this address finds what was written.
  useEffect(() => {
    if (stored !== undefined)
      void navigate({
        ...{ to: '/spaces/$space/new', params: { space }, replace: true },
        search: { kind: kind.name, draft: stored },
      });
  }, [navigate, space, kind.name, stored]);
  const review = publishing.saved?.review ?? null;
  useEffect(() => {
    if (review === null) return;
    notifications.show({ message: words.savedReview(review) });
    void navigate({ to: '/spaces/$space', params: { space } });
  }, [navigate, space, review]);
  return (
    <EntryEditor
      {...{ space, kind, start, editing, publishing, editor }}
      entry={null}
      news={null}
      isFile={false}
      settling={{ isWorking: false, error: null }}
      onSettle={() => undefined}
      onSave={publishing.save}
      onDiscard={async () => {
        await access.discard();
        await navigate({ to: '/spaces/$space', params: { space } });
      }}
      onTakeOther={() => location.reload()}
    />
  );
}
