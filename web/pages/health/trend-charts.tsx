import { SimpleGrid } from '@mantine/core';
import { useMemo } from 'react';
import { MeasureChart } from '../../parts/charts/measure-chart.tsx';
import { texts } from '../../texts/index.ts';
import type { Day, Section } from './health-query.ts';
import { trendMeasures } from './trend-measures.ts';

/** A small chart for each trend of a section. */
export function TrendCharts({ section, days }: { section: Section['name']; days: readonly Day[] }) {
  const shown = useMemo(() => trendMeasures(section, days), [section, days]);
  return (
    <SimpleGrid
      cols={{ base: 1, sm: 2 }}
      role="group"
      aria-label={texts.installationHealth.trendTitle}
    >
      {shown.map(({ measure, beginnings, time }) => (
        <MeasureChart key={measure.title} {...{ measure, beginnings, time }} />
      ))}
    </SimpleGrid>
  );
}
