import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import uPlot from 'uplot';
import { chartOptions } from './chart-options.ts';
import type { Measure } from './measure.ts';

/** A chart on the page. */
export interface Chart {
  /** Points at a bucket, or at none. */
  point: (at: number | null) => void;
}

/** Draws a chart into a frame, as wide as it is, and again when its data or the colours change. */
export function useChart(
  frame: RefObject<HTMLDivElement | null>,
  {
    measure,
    beginnings,
    shortTime,
    onPoint,
  }: {
    measure: Measure;
    beginnings: readonly string[];
    shortTime: (from: string) => string;
    onPoint: (at: number | null) => void;
  },
): RefObject<Chart | null> {
  const scheme = useComputedColorScheme();
  const chart = useRef<Chart | null>(null);
  const pointed = useEffectEvent(onPoint);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const data: uPlot.AlignedData = [
      beginnings.map((_, at) => at),
      ...measure.series.map(({ values }) => values),
    ];
    const options = chartOptions(measure, {
      width: element.clientWidth,
      style: getComputedStyle(element),
      timeOf: (at) => shortTime(beginnings[at] ?? ''),
      onPoint: pointed,
    });
    const plot = new uPlot(options, data, element);
    chart.current = {
      point: (at) =>
        plot.setCursor({ left: at === null ? -10 : plot.valToPos(at, 'x'), top: 0 }, false),
    };
    const resized = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: options.height }),
    );
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [frame, measure, beginnings, shortTime, scheme]);
  return chart;
}
