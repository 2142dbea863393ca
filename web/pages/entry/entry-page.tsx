import { Alert, Stack, Tabs } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useLive } from '../../api/live.ts';
import type { Entry, Kind } from '../../api/types.ts';
import { Preview } from '../../editor/preview/preview.tsx';
import { examplesOf } from '../../editor/preview/examples.ts';
import type { JsonValue } from '../../../model/knowledge/entry.ts';
import { Card } from '../../parts/card.tsx';
import { Facts } from '../../parts/facts.tsx';
import { kindPath } from '../../parts/knowledge/paths.ts';
import { kindWords } from '../../parts/knowledge/kind-words.ts';
import { useRights } from '../../parts/knowledge/rights.ts';
import { NotFoundPage } from '../../parts/not-found-page.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { PageLoading } from '../../parts/page-loading.tsx';
import { PageProblem } from '../../parts/page-problem.tsx';
import { texts } from '../../texts/index.ts';
import { spaceQuery } from '../../parts/knowledge/space-queries.ts';
import { AlsoWriting } from './edit/also-writing.tsx';
import { EditTab } from './edit/edit-tab.tsx';
import { EntryStatus } from '../../parts/knowledge/entry-status.tsx';
import { EntryPart, tabNames } from './entry-part.tsx';
import { entryQuery } from './entry-queries.ts';
import { entrySearch, tabsOf, type EntrySearch } from './entry-search.ts';
import { spoken } from './form/spoken.ts';
import { sideText } from './save/clash.ts';
import { ToDecide } from './to-decide.tsx';

const words = texts.entry;
const route = getRouteApi('/signed-in/spaces/$space/entries/$entry');

/** An entry: what it is, how it stands, and its parts as tabs. */
export function EntryPage() {
  const { space, entry: id } = route.useParams();
  const client = useQueryClient();
  useLive(`space/${space}`, () => void client.invalidateQueries(entryQuery(space, id)));
  const { data: entry, error, refetch } = useQuery(entryQuery(space, id));
  const { data: of, error: spaceError, refetch: again } = useQuery(spaceQuery(space));
  if (entry === undefined || of === undefined)
    return (
      <PageProblem
        error={error ?? spaceError}
        onRetry={() => void (error === null ? again() : refetch())}
      />
    );
  const kind = of.kinds.find(({ name }) => name === entry.kind);
  if (kind === undefined) return <NotFoundPage />;
  return (
    <>
      <PageHeader
        title={entry.title === '' ? words.untitled : entry.title}
        badge={<EntryStatus status={entry.syncStatus} />}
        detail={
          <>
            <Link to={kindPath(space, kind.name)}>{kindWords(kind).many}</Link>
            {` · ${entry.path}`}
          </>
        }
      />
      <Parts space={space} kind={kind} entry={entry} />
    </>
  );
}

interface Parts {
  space: string;
  kind: Kind;
  entry: Entry;
}

function Parts({ space, kind, entry }: Parts) {
  const { tab: asked, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const mayEdit = useRights(space).may('editor', kind.name);
  const tabs = tabsOf(kind.name);
  const tab = tabs.find((one) => one === asked);
  const path = { space, entry: entry.id };
  const go = (next: EntrySearch) => void navigate({ search: next, resetScroll: false });
  return (
    <Tabs
      value={tab ?? 'edit'}
      onChange={(next) => void navigate({ search: entrySearch({ tab: next }) })}
      keepMounted={false}
    >
      <Tabs.List mb="md" aria-label={words.tabs}>
        <Tabs.Tab value="edit">{mayEdit ? words.edit : words.read}</Tabs.Tab>
        {tabs.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {tabNames[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="edit">
        <Shown {...{ space, kind, entry }} mayEdit={mayEdit} />
      </Tabs.Panel>
      {tab !== undefined && (
        <Tabs.Panel value={tab}>
          <Suspense fallback={<PageLoading />}>
            <EntryPart {...{ tab, path, search, go, mayEdit }} file={entry.path} />
          </Suspense>
        </Tabs.Panel>
      )}
    </Tabs>
  );
}

function Shown({ space, kind, entry, mayEdit }: Parts & { mayEdit: boolean }) {
  if (entry.text === null) return <Alert color="yellow">{words.unreadable}</Alert>;
  return (
    <Stack>
      {entry.failure !== null && <Alert color="red">{entry.failure.message}</Alert>}
      {entry.syncStatus === 'conflict' && <ToDecide space={space} entry={entry.id} />}
      {mayEdit && <AlsoWriting space={space} entry={entry.id} />}
      {mayEdit ? <EditTab key={entry.id} {...{ space, kind, entry }} /> : <Read entry={entry} />}
    </Stack>
  );
}

/** An entry for those who may only read it. */
function Read({ entry: { fields, body } }: { entry: Entry }) {
  const facts = Object.entries(fields).map(([name, value]): [string, string] => [
    spoken(name),
    sideText(value),
  ]);
  return (
    <Stack>
      <Card title={words.read}>
        <Preview text={body} examples={examplesOf(fields.variables as JsonValue)} />
      </Card>
      <Card title={words.details}>
        <Facts facts={facts} />
      </Card>
    </Stack>
  );
}
