import { Code, ScrollArea, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { fileQuery } from './contents-queries.ts';

const { contents: words } = texts;

/** More is not drawn: browsers become slow with very long texts. Characters. */
const longestShown = 200_000;

/** What is in a file of a mirror's newest tree. */
export function FileText({ path, file }: { path: MirrorPath; file: string }) {
  const { data, error, refetch } = useQuery(fileQuery(path, file));
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton h={64} aria-busy />;
  const { content } = data;
  if (content === null || content === '' || content.length > longestShown)
    return (
      <Text size="sm" c="dimmed">
        {content === null ? words.binary : content === '' ? words.emptyFile : words.tooLarge}
      </Text>
    );
  return (
    <ScrollArea.Autosize
      mah="32rem"
      // Whoever uses the keyboard can scroll it as well.
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': file }}
    >
      <Code block>{content}</Code>
    </ScrollArea.Autosize>
  );
}
