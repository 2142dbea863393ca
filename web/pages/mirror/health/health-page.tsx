import { getRouteApi } from '@tanstack/react-router';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/health');

/** How a mirror has been doing. */
export function HealthPage() {
  return <MirrorHeader path={route.useParams()} title={texts.health.title} />;
}
