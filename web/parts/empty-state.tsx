import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A place where there is nothing yet: what will be here, and how to get it. */
export function EmptyState({
  icon,
  title,
  order = 2,
  children,
}: {
  icon?: ReactNode;
  title: string;
  /** 1 where there is nothing else on the page. */
  order?: 1 | 2;
  children?: ReactNode;
}) {
  return (
    <Stack align="center" gap="sm" py="xl" maw="38rem" mx="auto" ta="center">
      {icon}
      <Title order={order} size="h3">
        {title}
      </Title>
      {typeof children === 'string' ? <Text c="dimmed">{children}</Text> : children}
    </Stack>
  );
}
