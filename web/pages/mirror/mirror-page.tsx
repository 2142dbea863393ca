import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, dataOf } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import type { Mirror } from '../../api/types.ts';
import { PageProblem } from '../../parts/page-problem.tsx';
import { FoundSecrets } from '../../parts/streams/found-secrets.tsx';
import { StateBadge } from '../../parts/streams/state-badge.tsx';
import { StreamActions, type StreamAction } from '../../parts/streams/stream-actions.tsx';
import { texts } from '../../texts/index.ts';
import { HoldPanel } from './hold/hold-panel.tsx';
import { mirrorQuery, projectQuery, secretsQuery, type MirrorPath } from './mirror-queries.ts';
import { MirrorHeader } from './mirror-header.tsx';
import { OneLook } from './status/one-look.tsx';
import { Place } from './status/place.tsx';
import { MirrorProgress } from './status/progress.tsx';
import { Timeline } from './status/timeline.tsx';
import { Verification } from './verification.tsx';
import { WaitingChanges } from './waiting-changes.tsx';
import { Warnings } from './warnings.tsx';

const route = getRouteApi('/signed-in/mirrors/$project/$branch');
const words = texts.mirror;

/** A mirror: how it is, what waits, what was sent, and what an operator can do. */
export function MirrorPage() {
  const path = route.useParams();
  const { data: mirror, error, refetch } = useQuery(mirrorQuery(path));
  const { data: project } = useQuery(projectQuery(path.project));
  if (mirror === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return <MirrorView path={path} mirror={mirror} name={project?.name ?? mirror.projectId} />;
}

function MirrorView({ path, mirror, name }: { path: MirrorPath; mirror: Mirror; name: string }) {
  const mayOperate = useMay('operator');
  const client = useQueryClient();
  const act = async (action: StreamAction) => {
    const now = await dataOf(
      api.POST(`/v1/projects/{project}/mirrors/{branch}/actions/${action}`, { params: { path } }),
    );
    client.setQueryData(mirrorQuery(path).queryKey, now);
  };
  const { state, endedAt } = mirror;
  return (
    <>
      <MirrorHeader
        path={path}
        title={words.title(name)}
        badge={<StateBadge state={state} />}
        detail={words.of(mirror.projectId, mirror.branchId)}
        actions={
          mayOperate && (
            <StreamActions state={state} name={name} act={act} elsewhere={['approve']} />
          )
        }
      />
      <Stack>
        <OneLook mirror={mirror} />
        {mirror.progress !== null && <MirrorProgress progress={mirror.progress} />}
        <HoldPanel path={path} mirror={mirror} name={name} />
        {mirror.resyncReason !== null && (
          <Text size="sm" c="dimmed">
            {`${words.resync}: ${mirror.resyncReason}`}
          </Text>
        )}
        <Warnings mirror={mirror} />
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Stack>
            <WaitingChanges path={path} />
            <Timeline path={path} repositoryUrl={mirror.repository.url} />
          </Stack>
          <Stack>
            <Place mirror={mirror} />
            {mirror.secretsFound > 0 && <Secrets path={path} />}
            <Verification path={path} mirror={mirror} mayAsk={mayOperate && endedAt === null} />
          </Stack>
        </SimpleGrid>
      </Stack>
    </>
  );
}

function Secrets({ path }: { path: MirrorPath }) {
  const query = useInfiniteQuery(secretsQuery(path));
  return <FoundSecrets query={query} advice={texts.stream.secrets.ofMirror} />;
}
