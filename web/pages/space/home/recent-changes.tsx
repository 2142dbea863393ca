import { Anchor, Text, ThemeIcon } from '@mantine/core';
import { IconGitCommit, IconPencil, IconTableImport, type Icon } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { Card } from '../../../parts/card.tsx';
import { entryPath } from '../../../parts/knowledge/paths.ts';
import { commitsQuery } from '../../../parts/knowledge/space-queries.ts';
import { PagedList } from '../../../parts/paged-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { commitWords, type SpaceCommit } from './commit-words.ts';
import classes from './home.module.css';

const { space: words } = texts;

const icons: Record<SpaceCommit['via'], Icon> = {
  api: IconPencil,
  import: IconTableImport,
  push: IconGitCommit,
};

/** What has changed in a space, newest first, in words: who, what, and how it came. */
export function RecentChanges({ space }: { space: string }) {
  const query = useInfiniteQuery(commitsQuery(space));
  return (
    <Card title={words.changes}>
      <PagedList
        query={query}
        keyOf={({ commit }) => commit}
        empty={words.noChanges}
        label={words.changes}
      >
        {(commit) => <Change space={space} commit={commit} />}
      </PagedList>
    </Card>
  );
}

function Change({ space, commit }: { space: string; commit: SpaceCommit }) {
  const { did, howMany, named, more, summary } = commitWords(commit);
  const ThroughIcon = icons[commit.via];
  return (
    <div className={classes.change}>
      <ThemeIcon variant="light" color="gray" radius="xl" size="md" className={classes.icon}>
        <ThroughIcon size={15} aria-hidden />
      </ThemeIcon>
      <div className={classes.words}>
        <Text size="sm">
          <b>{commit.author.name}</b>
          {` ${did} `}
          {howMany !== null && `${howMany}: `}
          {named.map(({ id, name }, at) => (
            <Fragment key={id}>
              {at > 0 && (more === 0 && at === named.length - 1 ? ` ${words.and} ` : ', ')}
              <Anchor
                inherit
                underline="always"
                renderRoot={(root) => <Link {...root} to={entryPath(space, id)} />}
              >
                {name}
              </Anchor>
            </Fragment>
          ))}
          {more > 0 && ` ${words.andMore(more)}`}
        </Text>
        {summary !== null && (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {summary}
          </Text>
        )}
        <Text size="xs" c="dimmed" component="div">
          <Time at={commit.at} />
          {` · ${words.through[commit.via]}`}
        </Text>
      </div>
    </div>
  );
}
