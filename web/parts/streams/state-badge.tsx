import { Badge, Tooltip } from '@mantine/core';
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleOff,
  IconClock,
  IconHandStop,
  IconPlayerPause,
  IconRocket,
  IconUpload,
  type Icon,
} from '@tabler/icons-react';
import type { State } from '../../api/types.ts';
import classes from './state-badge.module.css';
import { texts } from '../../texts/index.ts';

const looks: Record<State, { color: string; icon: Icon }> = {
  held: { color: 'red', icon: IconHandStop },
  escalated: { color: 'red', icon: IconAlertOctagon },
  retrying: { color: 'orange', icon: IconAlertTriangle },
  initializing: { color: 'blue', icon: IconRocket },
  syncing: { color: 'blue', icon: IconUpload },
  pending: { color: 'blue', icon: IconClock },
  paused: { color: 'gray', icon: IconPlayerPause },
  synced: { color: 'teal', icon: IconCircleCheck },
  ended: { color: 'gray', icon: IconCircleOff },
};

/** The state of a mirror or a space in words, and what it means when one points at it. */
export function StateBadge({ state }: { state: State }) {
  const { color, icon: StateIcon } = looks[state];
  const { name, meaning } = texts.common.states[state];
  return (
    <Tooltip label={meaning} multiline maw={260}>
      <Badge
        color={color}
        variant="light"
        size="lg"
        radius="sm"
        tt="none"
        fw={600}
        className={classes.badge}
        classNames={{ label: classes.label }}
        leftSection={<StateIcon size={16} aria-hidden />}
      >
        {name}
      </Badge>
    </Tooltip>
  );
}
