import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { Changes } from '../entry/history/changes.tsx';
import { versionQuery, type EntryPath } from '../entry/history/history-queries.ts';
import { entryInQuery } from './environment-queries.ts';

const { environments: words, common } = texts;

/** What differs between two versions of an entry: those that environments have, or those of commits. */
export function ComparedEntry({ path, from, to }: { path: EntryPath; from: string; to: string }) {
  const before = useSide(path, from);
  const after = useSide(path, to);
  const error = before.error ?? after.error;
  if (error !== null) return <ProblemAlert error={error} />;
  if (before.data === undefined || after.data === undefined)
    return <Skeleton h={160} aria-busy aria-label={common.loading} />;
  if (before.data === null && after.data === null) return <Text>{words.neither}</Text>;
  return <Changes before={before.data} after={after.data} />;
}

function useSide(path: EntryPath, side: string) {
  const isCommit = /^[0-9a-f]{40}$/.test(side);
  const version = useQuery({ ...versionQuery(path, side), enabled: isCommit });
  const inEnvironment = useQuery({
    ...entryInQuery(path.space, path.entry, side),
    enabled: !isCommit,
  });
  return isCommit ? version : inEnvironment;
}
