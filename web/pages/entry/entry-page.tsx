import { Alert, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../api/session.ts';
import type { Entry, Kind } from '../../api/types.ts';
import { Preview } from '../../editor/preview/preview.tsx';
import { examplesOf } from '../../editor/preview/examples.ts';
import type { JsonValue } from '../../../model/knowledge/entry.ts';
import { Card } from '../../parts/card.tsx';
import { Facts } from '../../parts/facts.tsx';
import { NotFoundPage } from '../../parts/not-found-page.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { PageProblem } from '../../parts/page-problem.tsx';
import { texts } from '../../texts/index.ts';
import { spaceQuery } from '../space/space-queries.ts';
import { EditTab } from './edit/edit-tab.tsx';
import { EntryStatus } from './entry-status.tsx';
import { entryQuery } from './entry-queries.ts';
import { spoken } from './form/spoken.ts';
import { sideText } from './save/clash.ts';

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
            <Link to="/spaces/$space" params={{ space }}>
              {of.name}
            </Link>
            {` · ${kind.name} · ${entry.path}`}
          </>
        }
      />
      <Shown space={space} kind={kind} entry={entry} />
    </>
  );
}

function Shown({ space, kind, entry }: { space: string; kind: Kind; entry: Entry }) {
  const mayEdit = useMay('editor');
  if (entry.text === null) return <Alert color="yellow">{words.unreadable}</Alert>;
  return (
    <Stack>
      {entry.failure !== null && <Alert color="red">{entry.failure.message}</Alert>}
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
