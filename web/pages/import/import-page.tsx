import { Anchor, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Space } from '../../api/types.ts';
import { spacePath } from '../../parts/knowledge/paths.ts';
import { useRights } from '../../parts/knowledge/rights.ts';
import { spaceQuery } from '../../parts/knowledge/space-queries.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { PageProblem } from '../../parts/page-problem.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { DropArea } from './drop-area.tsx';
import type { GivenFile } from './given-file.ts';
import { ImportForm } from './import-form.tsx';
import { importSearch } from './import-search.ts';
import { NotGiven } from './left-out-list.tsx';
import { readGiven } from './read-given.ts';

const route = getRouteApi('/signed-in/spaces/$space/import');
const { imports: words } = texts;

/** The page on which a folder or a table is dropped, looked at, and imported. */
export function ImportPage() {
  const { space: id } = route.useParams();
  const { data: space, error, refetch } = useQuery(spaceQuery(id));
  const { mayAny } = useRights(id);
  if (space === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        title={words.title}
        detail={
          <Anchor renderRoot={(root) => <Link {...root} to={spacePath(id)} />}>{space.name}</Anchor>
        }
      />
      {mayAny('editor') ? <Import space={space} /> : <Text>{words.none}</Text>}
    </>
  );
}

function Import({ space }: { space: Space }) {
  const { kind } = route.useSearch();
  const navigate = route.useNavigate();
  const read = useMutation({
    mutationFn: async (files: Promise<GivenFile[]>) =>
      readGiven(
        await files,
        space.kinds.map(({ folder }) => folder).filter((folder) => folder !== ''),
      ),
  });
  const { data: given } = read;
  if (given?.form === 'table' || given?.form === 'texts')
    return (
      <ImportForm
        space={space}
        given={given}
        kind={kind}
        onKind={(chosen) =>
          void navigate({
            search: importSearch({ kind: chosen ?? undefined }),
            replace: true,
            resetScroll: false,
          })
        }
        onAnother={() => read.reset()}
      />
    );
  return (
    <Stack>
      {read.error && <ProblemAlert error={read.error} />}
      {given !== undefined && <NotGiven given={given} />}
      <DropArea isReading={read.isPending} onGiven={(files) => read.mutate(files)} />
    </Stack>
  );
}
