import { SimpleGrid } from '@mantine/core';
import { useMemo } from 'react';
import { MeasureChart } from '../../../parts/charts/measure-chart.tsx';
import { texts } from '../../../texts/index.ts';
import { bucketTime } from './bucket-time.ts';
import type { Health } from './health-queries.ts';
import { measures } from './measures.ts';

/** A small chart for each measure of a mirror's health. */
export function HealthCharts({ health }: { health: Health }) {
  const shown = useMemo(() => measures(health), [health]);
  const time = useMemo(() => bucketTime(health.period), [health.period]);
  const beginnings = useMemo(() => health.buckets.map(({ from }) => from), [health]);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} aria-label={texts.health.title}>
      {shown.map((measure) => (
        <MeasureChart key={measure.title} {...{ measure, time, beginnings }} />
      ))}
    </SimpleGrid>
  );
}
