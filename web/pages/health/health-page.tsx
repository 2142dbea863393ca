import { Alert, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { sectionNames } from '../../../model/telemetry/health/figure.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { PageProblem } from '../../parts/page-problem.tsx';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import { AffectedCard } from './affected-card.tsx';
import { AlertsCard } from './alerts-card.tsx';
import { installationHealthQuery } from './health-query.ts';
import { healthPageSearch } from './health-search.ts';
import { SectionView } from './section-view.tsx';

const route = getRouteApi('/signed-in/health');
const words = texts.installationHealth;

/** Whether anything is wrong in the whole installation, who is affected, and what its dashboards show. */
export function InstallationHealthPage() {
  const { section = sectionNames[0] } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(installationHealthQuery);
  if (data === undefined)
    return (
      <>
        <PageHeader title={words.title} />
        <PageProblem error={error} onRetry={() => void refetch()} />
      </>
    );
  return (
    <>
      <PageHeader
        title={words.title}
        detail={
          <>
            {words.read} <Time at={data.readAt} />, {words.renewed}
          </>
        }
      />
      <Stack>
        {/* Also if it could not be asked again. */}
        {(!data.isFresh || error !== null) && (
          <Alert color="yellow" title={words.staleTitle} role="status">
            {words.stale}
          </Alert>
        )}
        <AlertsCard alerts={data.alerts} />
        <AffectedCard affected={data.affected} />
        <Tabs
          value={section}
          onChange={(to) =>
            void navigate({
              search: healthPageSearch({ section: to }),
              replace: true,
              resetScroll: false,
            })
          }
          keepMounted={false}
        >
          <Tabs.List mb="md" aria-label={words.sectionList}>
            {sectionNames.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {words.sections[name]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {data.sections.map((one) => (
            <Tabs.Panel key={one.name} value={one.name}>
              <SectionView section={one} trend={data.trend} />
            </Tabs.Panel>
          ))}
        </Tabs>
      </Stack>
    </>
  );
}
