import { Group, Paper, Text, Title } from '@mantine/core';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { texts } from '../../texts/index.ts';
import classes from './charts.module.css';
import type { BucketTime, Measure } from './measure.ts';
import { useChart } from './use-chart.ts';

const words = texts.health;

/** A chart under a sentence that sums it up. Pointing at it, or arrow keys on it, tell one value. */
export function MeasureChart({
  measure,
  time,
  beginnings,
}: {
  measure: Measure;
  time: BucketTime;
  /** When each bucket begins, ISO 8601. */
  beginnings: readonly string[];
}) {
  const heading = useId();
  const frame = useRef<HTMLDivElement>(null);
  const last = beginnings.length - 1;
  /** The bucket that is told about; `null`: none. */
  const [at, setAt] = useState<number | null>(null);
  const chart = useChart(frame, { measure, beginnings, shortTime: time.short, onPoint: setAt });
  const told = at === null ? null : Math.min(at, last);
  const sentence = (of: number) => words.at(time.long(beginnings[of] ?? ''), measure.say(of));

  const onKeyDown = (event: KeyboardEvent) => {
    const from = told ?? last + 1;
    const next = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(next, last));
    setAt(to);
    chart.current?.point(to);
  };
  return (
    <Paper
      component="section"
      withBorder
      p="md"
      className={classes.measure}
      aria-labelledby={heading}
    >
      <Title order={2} size="h4" id={heading}>
        {measure.title}
      </Title>
      <Text size="sm" fw={500} {...(measure.isBad && { c: 'var(--mantine-color-error)' })}>
        {measure.summary}
      </Text>
      <div
        ref={frame}
        className={classes.chart}
        role="slider"
        tabIndex={0}
        aria-labelledby={heading}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={told ?? last}
        aria-valuetext={sentence(told ?? last)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setAt(null);
          chart.current?.point(null);
        }}
      />
      {measure.series.length > 1 && (
        <Group gap="md" className={classes.lines}>
          {measure.series.map(({ color, name }) => (
            <span key={color} className={classes.line} data-color={color}>
              {name}
            </span>
          ))}
        </Group>
      )}
      <Text size="xs" c="dimmed" className={classes.told}>
        {told === null ? measure.explained : sentence(told)}
      </Text>
    </Paper>
  );
}
