import { Badge } from '@mantine/core';
import badge from '../../../parts/streams/state-badge.module.css';
import type { Run } from './check-queries.ts';
import { runState } from './check-words.ts';

/** What a run is worth, as a word. */
export function RunBadge({ run }: { run: Pick<Run, 'state' | 'passed' | 'examples'> }) {
  const { name, color } = runState(run);
  return (
    <Badge
      color={color}
      variant="light"
      radius="sm"
      tt="none"
      classNames={{ root: badge.badge, label: badge.label }}
    >
      {name}
    </Badge>
  );
}
