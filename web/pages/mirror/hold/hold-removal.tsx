import { Stack, Text, Title } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import { HoldPaths } from './hold-paths.tsx';
import type { Hold } from './hold-queries.ts';

const words = texts.hold.removal;

/** What would be removed because the platform no longer lists it, although nobody reported that it was deleted. */
export function HoldRemoval({ files, total }: { files: Hold['files']['removes']; total: number }) {
  const label = words.files(files.count, total);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {label}
      </Title>
      <Text size="sm">{words.why}</Text>
      <HoldPaths label={label} files={files} />
      <Text size="xs" c="dimmed">
        {words.otherwise}
      </Text>
    </Stack>
  );
}
