import { Anchor, Badge, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { PagedList } from '../../../parts/paged-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { versionsQuery, type EntryPath, type Version } from './history-queries.ts';
import type { HistorySearch } from './history-search.ts';
import { RestoreDialog } from './restore-dialog.tsx';

const { history: words } = texts;

/** Who changed an entry, when and through what, and what one can do with each version. */
export function Timeline({
  path,
  mayEdit,
  go,
}: {
  path: EntryPath;
  mayEdit: boolean;
  go: (search: HistorySearch) => void;
}) {
  const query = useInfiniteQuery(versionsQuery(path));
  const [restored, setRestored] = useState<Version | null>(null);
  const commits = (query.data?.pages ?? []).flatMap(({ items }) => items).map((one) => one.commit);
  const [newest] = commits;
  return (
    <Card title={words.timeline}>
      <PagedList
        query={query}
        keyOf={({ commit }) => commit}
        empty={words.none}
        label={words.timeline}
      >
        {(version) => {
          const { commit, subject, author, at, via, removed, previousPath } = version;
          const earlier = commits[commits.indexOf(commit) + 1];
          return (
            <>
              <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
                <Text size="sm" fw={500} lineClamp={2}>
                  {subject}
                </Text>
                {removed && (
                  <Badge variant="light" color="red" tt="none" flex="0 0 auto">
                    {words.wasRemoved}
                  </Badge>
                )}
              </Group>
              <Text size="xs" c="dimmed" component="div">
                {`${author.name}, `}
                <Time at={at} />
                {`, ${words.via[via]}`}
                {previousPath !== null && `, ${words.moved(previousPath)}`}
              </Text>
              <Group gap="md">
                {earlier !== undefined && (
                  <Action onClick={() => go({ from: earlier, to: commit })}>
                    {words.viewChanges}
                  </Action>
                )}
                {commit !== newest && (
                  <Action onClick={() => go({ from: commit })}>{words.compareWithNow}</Action>
                )}
                {mayEdit && !removed && commit !== newest && (
                  <Action onClick={() => setRestored(version)}>{words.restore}</Action>
                )}
              </Group>
            </>
          );
        }}
      </PagedList>
      <RestoreDialog path={path} version={restored} onClose={() => setRestored(null)} />
    </Card>
  );
}

function Action({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <Anchor component="button" type="button" size="xs" onClick={onClick}>
      {children}
    </Anchor>
  );
}
