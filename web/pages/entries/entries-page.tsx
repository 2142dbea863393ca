import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { PageProblem } from '../../parts/page-problem.tsx';
import { kindWords } from '../../parts/knowledge/kind-words.ts';
import { ImportLink } from '../../parts/knowledge/import-link.tsx';
import { NewEntry, NewEntryOf } from '../../parts/knowledge/new-entry.tsx';
import { useRights } from '../../parts/knowledge/rights.ts';
import { spaceQuery } from '../../parts/knowledge/space-queries.ts';
import { texts } from '../../texts/index.ts';
import { EntriesView } from './entries-view.tsx';

const ofKind = getRouteApi('/signed-in/spaces/$space/kinds/$kind');
const ofAll = getRouteApi('/signed-in/spaces/$space/entries');
const { entries: words } = texts;

/** The entries of one kind. */
export function KindPage() {
  const { space: id, kind: name } = ofKind.useParams();
  const search = ofKind.useSearch();
  const { may } = useRights(id);
  const { data: space, error, refetch } = useQuery(spaceQuery(id));
  if (space === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  const kind = space.kinds.find((one) => one.name === name);
  if (kind === undefined)
    return (
      <>
        <PageHeader title={name} detail={space.name} />
        <EmptyState title={words.noKindTitle}>{words.noKind}</EmptyState>
      </>
    );
  return (
    <>
      <PageHeader
        title={kindWords(kind).many}
        detail={space.name}
        actions={
          <>
            {may('editor', kind.name) && kind.file === null && (
              <ImportLink space={id} kind={kind.name} />
            )}
            <NewEntryOf space={id} kind={kind} />
          </>
        }
      />
      {/* Another kind is another list: nothing of it is chosen. */}
      <EntriesView key={name} space={space} kind={kind} search={search} />
    </>
  );
}

/** All entries of a space that the caller may read, as a search finds them. */
export function AllEntriesPage() {
  const { space: id } = ofAll.useParams();
  const search = ofAll.useSearch();
  const { data: space, error, refetch } = useQuery(spaceQuery(id));
  if (space === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader title={words.all} detail={space.name} actions={<NewEntry space={space} />} />
      <EntriesView space={space} kind={null} search={search} />
    </>
  );
}
