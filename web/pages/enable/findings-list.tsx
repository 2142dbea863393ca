import { Group, Stack, Text, ThemeIcon, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { texts } from '../../texts/index.ts';
import type { Finding } from './findings.ts';

const looks = {
  good: { color: 'green', Icon: IconCheck },
  note: { color: 'yellow', Icon: IconAlertTriangle },
  bad: { color: 'red', Icon: IconX },
} as const;

/** What was found, one sentence a line; the sign before it says whether it is as it should be. */
export function FindingsList({ findings }: { findings: Finding[] }) {
  return (
    <Stack component="ul" gap="xs" p={0} m={0} aria-label={texts.enable.repository.found}>
      {findings.map(({ level, text }) => {
        const { color, Icon } = looks[level];
        return (
          <Group key={text} component="li" wrap="nowrap" align="flex-start" gap="sm">
            <ThemeIcon color={color} variant="light" size={22} radius="xl">
              <Icon size={14} aria-hidden />
            </ThemeIcon>
            <Text size="sm" miw={0}>
              <VisuallyHidden>{`${texts.enable.repository.levels[level]}: `}</VisuallyHidden>
              {text}
            </Text>
          </Group>
        );
      })}
    </Stack>
  );
}
