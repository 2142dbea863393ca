import { Button, Code, Group, List, Paper, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { texts } from '../../../texts/index.ts';
import classes from './secrets-panel.module.css';
import { shownLine, type FoundSecret } from './found-secrets.ts';

const words = texts.entry;

/** Says where what was not saved has what looks like a secret, and asks whether it may be in Git. */
export function SecretsPanel({
  secrets,
  file,
  isWorking,
  onConfirm,
}: {
  secrets: readonly FoundSecret[];
  /** The file as it was to be saved; `null`: it is not known. */
  file: string | null;
  isWorking: boolean;
  onConfirm: () => void;
}) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), []);
  return (
    <Paper withBorder p="md" ref={top} tabIndex={-1} role="group" aria-label={words.secretTitle}>
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap">
          <IconKey size={20} aria-hidden />
          <Text fw={650}>{words.secretTitle}</Text>
        </Group>
        <List size="sm">
          {secrets.map(({ line, rule, fingerprint }) => (
            <List.Item key={`${line} ${fingerprint}`}>
              {words.line(line, rule)}
              <Code block mt={4} className={classes.line}>
                {shownLine(file, line)}
              </Code>
            </List.Item>
          ))}
        </List>
        <Text size="sm" role="status">
          {words.secretText}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" loading={isWorking} onClick={onConfirm}>
            {words.secretConfirm}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
