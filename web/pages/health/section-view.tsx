import { List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Card } from '../../parts/card.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PageLoading } from '../../parts/page-loading.tsx';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import { FigureTile } from './figure-tile.tsx';
import classes from './health-page.module.css';
import type { InstallationHealth, Section } from './health-query.ts';
import { hasTrend } from './trend-measures.ts';

const words = texts.installationHealth;
// What draws is only needed where there is something to draw.
const TrendCharts = lazy(async () => {
  const { TrendCharts: Charts } = await import('./trend-charts.tsx');
  return { default: Charts };
});

/** What one dashboard shows: figures, how they came about, and what they are made of. */
export function SectionView({
  section: { name, figures, breakdowns, notKnown },
  trend,
}: {
  section: Section;
  trend: InstallationHealth['trend'];
}) {
  const filled = breakdowns.filter(({ rows }) => rows.length > 0);
  return (
    <Stack>
      <ul className={classes.tiles} aria-label={words.figures}>
        {figures.map((figure) => (
          <FigureTile key={figure.title} figure={figure} />
        ))}
      </ul>
      {hasTrend(name) && (
        <section aria-labelledby="trend">
          <Title order={2} size="h4" id="trend" mb="sm">
            {words.trendTitle}
          </Title>
          {trend === null ? (
            <Text size="sm">{words.noTrend}</Text>
          ) : (
            <Stack gap="xs">
              {!trend.isFresh && (
                <Text size="sm" component="div">
                  {words.staleTrend} <Time at={trend.readAt} />.
                </Text>
              )}
              <Suspense fallback={<PageLoading />}>
                <TrendCharts section={name} days={trend.days} />
              </Suspense>
            </Stack>
          )}
        </section>
      )}
      {filled.length > 0 && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {filled.map(({ title, rows }) => (
            <Card key={title} title={title}>
              <Facts facts={rows.map(({ label, text }) => [label, text])} />
            </Card>
          ))}
        </SimpleGrid>
      )}
      {notKnown.length > 0 && (
        <Card title={words.notKnown}>
          <List size="sm">
            {notKnown.map(({ title, why }) => (
              <List.Item key={title}>{`${title}: ${why}`}</List.Item>
            ))}
          </List>
        </Card>
      )}
    </Stack>
  );
}
