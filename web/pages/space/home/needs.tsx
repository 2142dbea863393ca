import { Anchor, Group, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsSplit,
  IconChecklist,
  IconCircleCheck,
  IconHandStop,
  IconPencil,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Key, ReactNode } from 'react';
import type { Space } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { conflictPath, entryPath, nameOfFile, spacePath } from '../../../parts/knowledge/paths.ts';
import { useRights } from '../../../parts/knowledge/rights.ts';
import {
  conflictsQuery,
  draftsQuery,
  entriesOfStatusQuery,
  openReviewsQuery,
} from '../../../parts/knowledge/space-queries.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import classes from './home.module.css';

const { needs: words } = texts.space;
const { entries } = texts;
/** How many of each are shown. */
const mostShown = 4;

/** What in a space waits for the one who looks: decisions, approvals, what is wrong, and what they have not published. */
export function Needs({ space: { id, openConflicts } }: { space: Space }) {
  const { mayAny } = useRights(id);
  const mayWrite = mayAny('editor');
  const reading = {
    conflicts: useQuery(conflictsQuery(id, mostShown)),
    reviews: useQuery(openReviewsQuery(id)),
    heldBack: useQuery(entriesOfStatusQuery(id, 'error', mostShown)),
    invalid: useQuery(entriesOfStatusQuery(id, 'invalid', mostShown)),
    drafts: useQuery({ ...draftsQuery(id, mostShown), enabled: mayWrite }),
  };
  const read = Object.values(reading);
  const failed = read.find(({ error }) => error !== null);
  const isLoading = read.some(({ isLoading: isOne }) => isOne);
  const itemsOf = <Item,>(page: { items: Item[] } | undefined) => page?.items ?? [];
  const conflicts = itemsOf(reading.conflicts.data);
  const reviews = itemsOf(reading.reviews.data).filter(({ awaitsYou }) => awaitsYou);
  const heldBack = itemsOf(reading.heldBack.data);
  const invalid = itemsOf(reading.invalid.data);
  const drafts = itemsOf(reading.drafts.data);
  const isNothing = [conflicts, reviews, heldBack, invalid, drafts].every(
    (one) => one.length === 0,
  );
  const all = (status: string) => ({ to: spacePath(id, 'entries'), search: { status } });
  return (
    <Card title={words.title}>
      {failed?.error && <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />}
      {isLoading && (
        <Stack gap="xs" aria-busy aria-label={texts.common.loading}>
          <Skeleton h={18} />
          <Skeleton h={18} w="70%" />
        </Stack>
      )}
      {!isLoading && isNothing && failed === undefined && (
        <Group gap="sm" wrap="nowrap">
          <ThemeIcon variant="light" color="teal" radius="xl">
            <IconCircleCheck size={18} aria-hidden />
          </ThemeIcon>
          <Text size="sm">{words.nothing}</Text>
        </Group>
      )}
      <ul className={classes.groups}>
        <Need
          title={words.conflicts(Math.max(openConflicts, conflicts.length))}
          icon={IconArrowsSplit}
          color="red"
          all={{ to: spacePath(id, 'conflicts') }}
          hasMore={openConflicts > conflicts.length}
          items={conflicts}
          keyOf={(one) => one.id}
        >
          {({ id: conflict, path, cause, mine, git }) => (
            <>
              <PlainLink to={conflictPath(id, conflict)}>{nameOfFile(path)}</PlainLink>
              {`: ${cause === 'lost' ? words.lost(mine.by) : words.conflict(mine.by, git.by)}`}
            </>
          )}
        </Need>
        <Need
          title={words.reviews(reviews.length)}
          icon={IconChecklist}
          color="grape"
          all={{ to: spacePath(id, 'reviews') }}
          hasMore={reviews.length > mostShown}
          items={reviews.slice(0, mostShown)}
          keyOf={({ number }) => number}
        >
          {({ number, title, author }) => (
            <>
              <PlainLink to={spacePath(id, 'reviews', String(number))}>{title}</PlainLink>
              {`, ${words.review(author.name)}`}
            </>
          )}
        </Need>
        <Need
          title={counted(heldBack, reading.heldBack.data, words.heldBackOne, (count) =>
            words.heldBack(words.entries(count)),
          )}
          icon={IconHandStop}
          color="orange"
          all={all('error')}
          hasMore={reading.heldBack.data?.nextCursor != null}
          items={heldBack}
          keyOf={(one) => one.id}
        >
          {({ id: entry, title, failure }) => (
            <>
              <PlainLink to={entryPath(id, entry)}>{title || entries.untitled}</PlainLink>
              {failure !== null && `: ${failure.message}`}
            </>
          )}
        </Need>
        <Need
          title={counted(invalid, reading.invalid.data, words.invalidOne, (count) =>
            words.invalid(words.entries(count)),
          )}
          icon={IconAlertTriangle}
          color="yellow"
          all={all('invalid')}
          hasMore={reading.invalid.data?.nextCursor != null}
          items={invalid}
          keyOf={(one) => one.id}
        >
          {({ id: entry, title, problem }) => (
            <>
              <PlainLink to={entryPath(id, entry)}>{title || entries.untitled}</PlainLink>
              {problem !== null && `: ${entries.line(problem.line, problem.message)}`}
            </>
          )}
        </Need>
        <Need
          title={counted(drafts, reading.drafts.data, words.draftsOne, (count) =>
            words.drafts(words.draftsCount(count)),
          )}
          icon={IconPencil}
          color="blue"
          all={null}
          hasMore={false}
          items={drafts}
          keyOf={(one) => one.id}
        >
          {({ entry, title, action, updatedAt }) => (
            <>
              <PlainLink to={entryPath(id, entry)}>{title || entries.untitled}</PlainLink>
              {`: ${words.draft[action].toLowerCase()}, `}
              <Time at={updatedAt} />
            </>
          )}
        </Need>
      </ul>
    </Card>
  );
}

/** How many there are, as far as a page tells. */
function counted(
  items: readonly unknown[],
  page: { nextCursor: string | null } | undefined,
  one: string,
  several: (count: string) => string,
): string {
  const isAll = page?.nextCursor == null;
  return isAll && items.length === 1
    ? one
    : several(isAll ? String(items.length) : `${items.length}+`);
}

/** A group of what needs somebody; nothing if there is none. */
function Need<Item>({
  title,
  icon: NeedIcon,
  color,
  all,
  hasMore,
  items,
  keyOf,
  children,
}: {
  title: string;
  icon: Icon;
  color: string;
  /** Where all of them are; `null`: nowhere. */
  all: { to: string; search?: object } | null;
  hasMore: boolean;
  items: readonly Item[];
  keyOf: (item: Item) => Key;
  children: (item: Item) => ReactNode;
}) {
  if (items.length === 0) return null;
  return (
    <li className={classes.group}>
      <ThemeIcon variant="light" color={color} radius="xl" className={classes.icon}>
        <NeedIcon size={18} aria-hidden />
      </ThemeIcon>
      <div className={classes.words}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <ul className={classes.needs} aria-label={title}>
          {items.map((item) => (
            <Text key={keyOf(item)} size="sm" component="li" lineClamp={2}>
              {children(item)}
            </Text>
          ))}
        </ul>
        {hasMore && all !== null && (
          <PlainLink to={all.to} {...(all.search && { search: all.search })}>
            {words.all}
          </PlainLink>
        )}
      </div>
    </li>
  );
}

function PlainLink({ to, search, children }: { to: string; search?: object; children: string }) {
  return (
    <Anchor
      size="sm"
      underline="always"
      renderRoot={(root) => <Link {...root} to={to} search={(search ?? {}) as never} />}
    >
      {children}
    </Anchor>
  );
}
