import { Group, Paper, Progress, Text } from '@mantine/core';
import type { Mirror } from '../../../api/types.ts';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';

const words = texts.mirror.progress;

/** What is being read or sent now, how much of how much, and since when; with a bar if it is known how much there is. */
export function MirrorProgress({
  progress: { step, done, total, since },
}: {
  progress: NonNullable<Mirror['progress']>;
}) {
  return (
    <Paper component="section" withBorder p="md" aria-label={words.label}>
      <Group justify="space-between" gap="xs">
        <Text fw={500}>{step}</Text>
        {done !== null && <Text size="sm">{words.amount(done, total)}</Text>}
      </Group>
      {done !== null && total !== null && total > 0 && (
        <Progress mt="xs" value={Math.floor((done / total) * 100)} aria-label={step} />
      )}
      <Text size="sm" c="dimmed" mt="xs" component="div">
        {words.began} <Time at={since} />
      </Text>
    </Paper>
  );
}
