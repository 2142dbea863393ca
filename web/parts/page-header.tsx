import { Box, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { texts } from '../texts/index.ts';

/** The head of a page, which also names its window. `actions` stand on the right, on a phone below. */
export function PageHeader({
  title,
  badge,
  detail,
  actions,
}: {
  title: string;
  badge?: ReactNode;
  detail?: ReactNode;
  actions?: ReactNode;
}) {
  useDocumentTitle(`${title} · ${texts.shell.title}`);
  return (
    <Group justify="space-between" align="flex-start" mb="lg" gap="md">
      <Box miw={0} flex="1 1 20rem">
        <Group gap="sm" align="center">
          <Title order={1} size="h2">
            {title}
          </Title>
          {badge}
        </Group>
        {detail !== undefined && (
          <Text c="dimmed" mt={4} component="div">
            {detail}
          </Text>
        )}
      </Box>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
