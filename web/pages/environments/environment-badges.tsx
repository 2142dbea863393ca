import { Badge, Group } from '@mantine/core';
import { IconLock, IconListCheck } from '@tabler/icons-react';
import badge from '../../parts/streams/state-badge.module.css';
import { texts } from '../../texts/index.ts';
import type { Environment } from './environment-queries.ts';

const { environments: words } = texts;
const look = { variant: 'light', radius: 'sm', tt: 'none' } as const;

/** What guards an environment, in words that say what it means when one points at them. */
export function EnvironmentBadges({
  environment: { protected: isProtected, requireChecks },
}: {
  environment: Pick<Environment, 'protected' | 'requireChecks'>;
}) {
  if (!isProtected && !requireChecks) return null;
  return (
    <Group gap={4}>
      {isProtected && (
        <Badge
          {...look}
          color="grape"
          title={words.protectedMeans}
          classNames={{ root: badge.badge, label: badge.label }}
          leftSection={<IconLock size={12} aria-hidden />}
        >
          {words.protected}
        </Badge>
      )}
      {requireChecks && (
        <Badge
          {...look}
          color="blue"
          title={words.requireChecksMeans}
          classNames={{ root: badge.badge, label: badge.label }}
          leftSection={<IconListCheck size={12} aria-hidden />}
        >
          {words.requireChecks}
        </Badge>
      )}
    </Group>
  );
}
