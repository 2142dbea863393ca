import { Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import { ComparisonCard } from './comparison-card.tsx';
import type { EntryPath } from './history-queries.ts';
import type { HistorySearch } from './history-search.ts';
import { LinesCard } from './lines-card.tsx';
import { Timeline } from './timeline.tsx';

const { history: words } = texts;
const agos = Object.entries<string>(words.agos).map(([value, label]) => ({ value, label }));

/** The history of an entry: its versions, two of them compared, or who wrote each line. */
export function HistoryTab({
  path,
  search,
  mayEdit,
  go,
}: {
  path: EntryPath;
  search: HistorySearch;
  mayEdit: boolean;
  /** Changes the address. */
  go: (search: HistorySearch) => void;
}) {
  const { from, to, lines = false } = search;
  if (from !== undefined) return <ComparisonCard {...{ path, from, to, go }} />;
  return (
    <Stack>
      <Group justify="space-between" align="end">
        <SegmentedControl
          aria-label={words.title}
          value={lines ? 'lines' : 'timeline'}
          onChange={(value) => go(value === 'lines' ? { lines: true } : {})}
          data={[
            { value: 'timeline', label: words.timeline },
            { value: 'lines', label: words.lines },
          ]}
        />
        <Select
          aria-label={words.compareWith}
          placeholder={words.compareWith}
          data={agos}
          value={null}
          onChange={(ago) => ago !== null && go({ from: ago })}
        />
      </Group>
      {lines ? <LinesCard path={path} /> : <Timeline {...{ path, mayEdit, go }} />}
    </Stack>
  );
}
