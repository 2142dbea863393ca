import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsSplit,
  IconCircleCheck,
  IconEye,
  IconHandStop,
  IconUpload,
  type Icon,
} from '@tabler/icons-react';
import type { SyncStatus } from '../../../model/knowledge/entry.ts';
import { texts } from '../../texts/index.ts';
import classes from '../streams/state-badge.module.css';

const looks: Record<SyncStatus, { color: string; icon: Icon }> = {
  synced: { color: 'teal', icon: IconCircleCheck },
  pending: { color: 'blue', icon: IconUpload },
  in_review: { color: 'grape', icon: IconEye },
  conflict: { color: 'red', icon: IconArrowsSplit },
  invalid: { color: 'yellow', icon: IconAlertTriangle },
  error: { color: 'orange', icon: IconHandStop },
};

/**
 * Where an entry is on its way to Git, in words, and what that means when one points at it. Long lists are full of them, so
 * that is said by the browser itself.
 */
export function EntryStatus({ status }: { status: SyncStatus }) {
  const { color, icon: StatusIcon } = looks[status];
  const { name, meaning } = texts.entries.statuses[status];
  return (
    <Badge
      color={color}
      variant="light"
      radius="sm"
      tt="none"
      fw={600}
      title={meaning}
      className={classes.badge}
      classNames={{ label: classes.label }}
      leftSection={<StatusIcon size={14} aria-hidden />}
    >
      {name}
    </Badge>
  );
}
