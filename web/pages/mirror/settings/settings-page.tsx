import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../../../api/session.ts';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';
import { mirrorQuery, projectQuery } from '../mirror-queries.ts';
import { BranchesCard } from './branches-card.tsx';
import { EndMirror } from './end-mirror.tsx';
import { ProjectCard } from './project-card.tsx';
import { SettingsEditor } from './settings-editor.tsx';
import { ShownSettings } from './shown-settings.tsx';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/settings');

/** What a mirror writes and where, and its end. */
export function SettingsPage() {
  const path = route.useParams();
  const mayChange = useMay('admin');
  // Listing branches asks the platform.
  const mayLook = useMay('operator');
  const { data: mirror, error, refetch } = useQuery(mirrorQuery(path));
  const { data: project } = useQuery(projectQuery(path.project));
  if (mirror === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <MirrorHeader path={path} title={texts.stream.settings} />
      <Stack>
        {mayChange && mirror.endedAt === null ? (
          <SettingsEditor path={path} mirror={mirror} />
        ) : (
          <ShownSettings mirror={mirror} />
        )}
        <ProjectCard project={path.project} />
        {mayLook && <BranchesCard main={mirror} />}
        {mayChange && mirror.endedAt === null && (
          <EndMirror path={path} name={project?.name ?? mirror.projectId} />
        )}
      </Stack>
    </>
  );
}
