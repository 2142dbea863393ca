import { Badge, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconEye,
  IconGitMerge,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import type { SyncStatus } from '../../api/types.ts';
import { texts } from '../../texts/index.ts';

const looks: Record<SyncStatus, { color: string; icon: Icon }> = {
  synced: { color: 'teal', icon: IconCircleCheck },
  pending: { color: 'blue', icon: IconClock },
  in_review: { color: 'blue', icon: IconEye },
  conflict: { color: 'red', icon: IconGitMerge },
  invalid: { color: 'orange', icon: IconAlertTriangle },
  error: { color: 'red', icon: IconX },
};

/** Where an entry stands, in words, and what that means when one points at it. */
export function EntryStatus({ status }: { status: SyncStatus }) {
  const { color, icon: StatusIcon } = looks[status];
  const { name, meaning } = texts.entry.statuses[status];
  return (
    <Tooltip label={meaning} multiline maw={260}>
      <Badge
        color={color}
        variant="light"
        size="lg"
        radius="sm"
        tt="none"
        fw={600}
        leftSection={<StatusIcon size={16} aria-hidden />}
      >
        {name}
      </Badge>
    </Tooltip>
  );
}
