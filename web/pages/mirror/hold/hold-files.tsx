import { Stack, Text, Title } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import { HoldPaths } from './hold-paths.tsx';
import type { Hold } from './hold-queries.ts';
import classes from './hold.module.css';

const words = texts.hold;

/** What could lose somebody's work comes first. */
const kinds = ['replaces', 'removes', 'unjudged', 'adds'] as const;

/** What accepting does to the files in our folders: how many, and which. */
export function HoldFiles({ files }: { files: Hold['files'] }) {
  const shown = kinds.filter((kind) => files[kind].count > 0);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {words.files}
      </Title>
      {shown.length === 0 && <Text size="sm">{words.noFiles}</Text>}
      {shown.map((kind) => {
        const { count } = files[kind];
        return (
          <details key={kind} className={classes.files} open={kind !== 'adds'}>
            <summary>{words.kinds[kind](count)}</summary>
            <Text size="xs" c="dimmed">
              {words.why[kind]}
            </Text>
            <HoldPaths label={words.kinds[kind](count)} files={files[kind]} />
          </details>
        );
      })}
      <Text size="xs" c="dimmed">
        {words.elsewhere}
      </Text>
    </Stack>
  );
}
