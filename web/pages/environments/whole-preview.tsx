import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, dataOf } from '../../api/client.ts';
import { readAll } from '../../api/read-all.ts';
import type { Space } from '../../api/types.ts';
import { wordsOfKind } from '../../parts/knowledge/kind-words.ts';
import { entryPath } from '../../parts/knowledge/paths.ts';
import { spaceLists, spaceQuery } from '../../parts/knowledge/space-queries.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import classes from './environments.module.css';
import { comparedKinds, entryChanges, type EntryChange } from './whole-changes.ts';

const { environments: words, common } = texts;
/** So many are shown. */
const shown = 50;

/** What a promotion of the whole changes, entry by entry. */
export function WholePreview({ space: id, from, to }: { space: string; from: string; to: string }) {
  const { data: space } = useQuery(spaceQuery(id));
  if (space === undefined) return <Skeleton h={80} aria-busy aria-label={common.loading} />;
  return <Preview key={`${from} ${to}`} {...{ space, from, to }} />;
}

function Preview({ space, from, to }: { space: Space; from: string; to: string }) {
  const { kinds, tooMany } = comparedKinds(space.entries);
  const { data: changes, error, refetch } = useQuery(changesQuery(space.id, kinds, from, to));
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (changes === undefined) return <Skeleton h={80} aria-busy aria-label={common.loading} />;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {changes.length === 0 ? words.wholeSame : words.entriesChange(changes.length)}
      </Text>
      <ul className={classes.changes} aria-label={words.changes}>
        {changes.slice(0, shown).map((one) => (
          <Changed key={one.id} space={space} change={one} sides={{ from: to, to: from }} />
        ))}
      </ul>
      {changes.length > shown && <Text size="sm">{words.andMore(changes.length - shown)}</Text>}
      {tooMany.length > 0 && (
        <Text size="sm" c="dimmed">
          {words.tooMany(tooMany.map((kind) => wordsOfKind(space, kind).many).join(', '))}
        </Text>
      )}
    </Stack>
  );
}

function Changed({
  space,
  change: { id, kind, title, change },
  sides,
}: {
  space: Space;
  change: EntryChange;
  sides: { from: string; to: string };
}) {
  // Prompts are compared by environment on their own page.
  const search = kind === 'system-prompt' ? { tab: 'environments', ...sides } : {};
  return (
    <Text component="li" size="sm">
      <Anchor
        inherit
        underline="always"
        renderRoot={(root) => (
          <Link {...root} to={entryPath(space.id, id)} search={search as never} />
        )}
      >
        {title.trim() || id}
      </Anchor>
      {`, ${wordsOfKind(space, kind).one}: ${words.change[change]}`}
    </Text>
  );
}

/** What differs between the entries of these kinds in one environment and in another, which is to have those of `from`. */
function changesQuery(space: string, kinds: readonly string[], from: string, to: string) {
  const listIn = async (env: string) => {
    const lists = kinds.map((kind) =>
      readAll((page) =>
        dataOf(
          api.GET('/v1/spaces/{space}/entries', {
            params: { path: { space }, query: { kind, env, ...page } },
          }),
        ),
      ),
    );
    return (await Promise.all(lists)).flat();
  };
  return queryOptions({
    queryKey: [...spaceLists(space), 'changes-between', from, to, kinds],
    queryFn: async () => entryChanges(...(await Promise.all([listIn(to), listIn(from)]))),
  });
}
