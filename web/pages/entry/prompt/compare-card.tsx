import { Group, NativeSelect, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Card } from '../../../parts/card.tsx';
import { exactTime } from '../../../parts/relative-time.ts';
import { texts } from '../../../texts/index.ts';
import { ComparedEntry } from '../../environments/compared-entry.tsx';
import { isLatest, type Environment } from '../../environments/environment-queries.ts';
import { versionsQuery, type EntryPath } from '../history/history-queries.ts';

const { environments: words, history } = texts;

/** Two versions of a prompt side by side: those that environments give, or any of its history. */
export function CompareCard({
  path,
  environments,
  from,
  to,
  go,
}: {
  path: EntryPath;
  environments: readonly Environment[];
  /** An environment or a commit. */
  from: string;
  to: string;
  go: (sides: { from: string; to: string }) => void;
}) {
  const versions = useInfiniteQuery(versionsQuery(path));
  const known = (versions.data?.pages ?? []).flatMap(({ items }) => items);
  const sides = [
    {
      group: words.groups.environments,
      items: environments.map((one) => ({
        value: one.name,
        label: isLatest(one) ? words.latest : one.name,
      })),
    },
    {
      group: words.groups.versions,
      items: known.map(({ commit, at, author, subject }) => ({
        value: commit,
        label: history.version(exactTime(new Date(at)), author.name, subject),
      })),
    },
  ];
  const options = (side: string) => {
    // One of an address may be an older version.
    const isKnown = sides.some(({ items }) => items.some(({ value }) => value === side));
    return isKnown ? sides : [{ value: side, label: history.other(side) }, ...sides];
  };
  return (
    <Card title={words.compareTitle}>
      <Stack>
        <Group align="end">
          <NativeSelect
            label={words.compareFrom}
            value={from}
            flex="1 1 16rem"
            onChange={({ currentTarget: { value } }) => go({ from: value, to })}
            data={options(from)}
          />
          <NativeSelect
            label={words.compareTo}
            value={to}
            flex="1 1 16rem"
            onChange={({ currentTarget: { value } }) => go({ from, to: value })}
            data={options(to)}
          />
        </Group>
        <ComparedEntry key={`${from} ${to}`} path={path} from={from} to={to} />
      </Stack>
    </Card>
  );
}
