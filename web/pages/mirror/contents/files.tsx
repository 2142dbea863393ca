import { Accordion, Button, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { folderQuery } from './contents-queries.ts';
import { FileText } from './file-text.tsx';

const { contents: words } = texts;

/** The files of an object in the newest tree. `at`: its folder or file; `null` if it was removed. */
export function Files({ path, at }: { path: MirrorPath; at: string | null }) {
  return (
    <Card title={words.files}>
      {at === null ? (
        <Text size="sm" c="dimmed">
          {words.noFiles}
        </Text>
      ) : isFile(at) ? (
        <FileText path={path} file={at} />
      ) : (
        <Folder path={path} folder={at} />
      )}
    </Card>
  );
}

/** Files of the platform have an ending, and folders of objects have none. */
function isFile(path: string): boolean {
  return /\.[a-z]+$/.test(path);
}

/** A folder, whose files and folders open where they are. */
function Folder({ path, folder }: { path: MirrorPath; folder: string }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    folderQuery(path, folder),
  );
  const [open, setOpen] = useState<string[]>([]);
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton h={44} aria-busy />;
  return (
    <Stack gap="xs">
      <Accordion multiple value={open} onChange={setOpen} variant="separated" order={3}>
        {data.pages
          .flatMap(({ items }) => items)
          .map(({ name, path: inner, type }) => (
            <Accordion.Item key={name} value={name}>
              <Accordion.Control
                disabled={inner === null || !(type === 'file' || type === 'folder')}
              >
                {type === 'folder' ? `${name}/` : name}
              </Accordion.Control>
              <Accordion.Panel>
                {/* What is closed is not read. */}
                {inner !== null && open.includes(name) && type === 'folder' && (
                  <Folder path={path} folder={inner} />
                )}
                {inner !== null && open.includes(name) && type === 'file' && (
                  <FileText path={path} file={inner} />
                )}
              </Accordion.Panel>
            </Accordion.Item>
          ))}
      </Accordion>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.moreFiles}
        </Button>
      )}
    </Stack>
  );
}
