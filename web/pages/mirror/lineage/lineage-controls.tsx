import { Group, Input, NativeSelect, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { texts } from '../../../texts/index.ts';
import type { LineageSearch } from '../mirror-search.ts';
import { usualDepth } from './lineage-query.ts';

const words = texts.lineage;
const directions = ['up', 'both', 'down'] as const;
const depths = Array.from({ length: 10 }, (_, at) => at + 1);

/** Which way the lineage is followed, and how far. */
export function LineageControls({
  shown: { direction = 'both', depth = usualDepth },
  onChange,
}: {
  shown: LineageSearch;
  /** What is as usual is `undefined`, so that it is left out of the address. */
  onChange: (changed: {
    direction?: LineageSearch['direction'] | undefined;
    depth?: number | undefined;
  }) => void;
}) {
  const label = useId();
  return (
    <Group gap="lg" align="flex-end" role="group" aria-label={words.controls}>
      <Input.Wrapper label={words.direction} labelElement="div" labelProps={{ id: label }}>
        <div>
          <SegmentedControl
            aria-labelledby={label}
            data={directions.map((value) => ({ value, label: words.directions[value] }))}
            value={direction}
            onChange={(value) => onChange({ direction: value === 'both' ? undefined : value })}
          />
        </div>
      </Input.Wrapper>
      <NativeSelect
        label={words.depth}
        data={depths.map((value) => ({ value: String(value), label: words.steps(value) }))}
        value={String(depth)}
        onChange={({ currentTarget }) => {
          const value = Number(currentTarget.value);
          onChange({ depth: value === usualDepth ? undefined : value });
        }}
      />
    </Group>
  );
}
