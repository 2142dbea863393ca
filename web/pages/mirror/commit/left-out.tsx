import { Button, Loader, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { fileQuery, type ChangedFile, type CommitPath } from './commit-queries.ts';
import { LazyDiff } from '../../../parts/diff/lazy-diff.tsx';
import { leftOutBecause } from './left-out-reason.ts';

const words = texts.commit;

/** Where both sides of a file are, in words that the API understands. */
interface Place {
  path: CommitPath;
  parent: string | null;
  file: ChangedFile;
  name: string;
}

/** Says why a file is not shown, and offers to read it by itself if that helps. */
export function LeftOut(place: Place) {
  const { file } = place;
  const [isAsked, setAsked] = useState(false);
  const { reasons, canBeRead } = leftOutBecause(file);
  if (isAsked) return <ReadSides {...place} />;
  return (
    <Stack gap="xs" px="sm" pb="sm" align="flex-start">
      <Text size="sm">{reasons.map((reason) => words.omitted[reason]).join(' ')}</Text>
      {canBeRead ? (
        <Button size="xs" variant="default" onClick={() => setAsked(true)}>
          {words.readIt}
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          {words.readInGit(file.path)}
        </Text>
      )}
    </Stack>
  );
}

/** Reads both sides of a file, each from its own commit. */
function ReadSides({ path, parent, file, name }: Place) {
  const { before, after, previousPath } = file;
  const [old, now] = useQueries({
    queries: [
      {
        ...fileQuery({ ...path, sha: parent ?? path.sha }, previousPath ?? file.path),
        enabled: before !== null,
      },
      { ...fileQuery(path, file.path), enabled: after !== null },
    ],
  });
  const error = old.error ?? now.error;
  if (error !== null)
    return (
      <ProblemAlert
        error={error}
        onRetry={() => void Promise.all([old.refetch(), now.refetch()])}
      />
    );
  const isRead = (before === null || old.data) && (after === null || now.data);
  if (!isRead) return <Loader size="sm" m="sm" aria-label={texts.common.loading} />;
  if (old.data?.isBinary === true || now.data?.isBinary === true)
    return (
      <Text size="sm" px="sm" pb="sm">
        {words.omitted.binary}
      </Text>
    );
  return (
    <Suspense fallback={<Loader size="sm" m="sm" aria-label={texts.common.loading} />}>
      <LazyDiff name={name} before={old.data?.content ?? null} after={now.data?.content ?? null} />
    </Suspense>
  );
}
