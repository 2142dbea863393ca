import { Code, Group, Stack, Text } from '@mantine/core';
import { IconGitBranch } from '@tabler/icons-react';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { texts } from '../../texts/index.ts';
import { AddSpaceButton, EnableButton } from './add-buttons.tsx';

const { home } = texts;

/** The overview before there is anything: what will be here, and how to get it. */
export function FirstSteps() {
  const mayEnable = useMay('admin');
  return (
    <>
      <PageHeader title={home.title} />
      <EmptyState icon={<IconGitBranch size={44} aria-hidden />} title={home.emptyTitle}>
        <Stack w="100%">
          <Text c="dimmed">{mayEnable ? home.empty : home.emptyReader}</Text>
          {mayEnable && (
            <>
              <Group justify="center" gap="xs">
                <EnableButton />
                <AddSpaceButton />
              </Group>
              <Text size="sm" c="dimmed" mt="lg">
                {home.commandLine}
              </Text>
              <Code block ta="left">
                {home.commands.join('\n')}
              </Code>
            </>
          )}
        </Stack>
      </EmptyState>
    </>
  );
}
