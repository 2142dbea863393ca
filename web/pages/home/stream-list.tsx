import { Anchor, Box, Group, Paper, Text } from '@mantine/core';
import { IconBook, IconGitBranch } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Link } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState } from 'react';
import type { OverviewItem } from '../../api/types.ts';
import { StateBadge } from '../../parts/streams/state-badge.tsx';
import { streamPath } from '../../parts/streams/stream-path.ts';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import classes from './stream-list.module.css';

const { home, common } = texts;

/** The mirrors and spaces as a list, of which only what is on the screen is drawn. */
export function StreamList({ items }: { items: readonly OverviewItem[] }) {
  const list = useRef<HTMLUListElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => setScrollMargin(list.current?.offsetTop ?? 0), []);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => 92,
    overscan: 8,
    scrollMargin,
    getItemKey: (index) => items[index]?.id ?? index,
  });
  return (
    <ul ref={list} className={classes.list} style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, key, start }) => {
        const item = items[index];
        return (
          item && (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className={classes.row}
              style={{ transform: `translateY(${start - scrollMargin}px)` }}
            >
              <Row item={item} />
            </li>
          )
        );
      })}
    </ul>
  );
}

function Row({ item }: { item: OverviewItem }) {
  const ProductIcon = item.product === 'mirror' ? IconGitBranch : IconBook;
  return (
    <Paper withBorder p="sm" className={classes.card}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start" miw={0}>
          <ProductIcon
            size={20}
            aria-label={common.product[item.product]}
            className={classes.icon}
          />
          <Box miw={0}>
            <Anchor
              renderRoot={(props) => <Link {...props} to={streamPath(item.id) ?? '/'} />}
              fw={600}
              className={classes.link}
            >
              {item.name}
            </Anchor>
            <Text size="sm" c="dimmed" lineClamp={1}>
              {item.detail}
            </Text>
          </Box>
        </Group>
        <Box className={classes.badge}>
          <StateBadge state={item.state} />
        </Box>
      </Group>
      <Group justify="space-between" gap="xs" mt={4} className={classes.facts}>
        <Text size="sm" lineClamp={2} flex="1 1 20rem">
          {item.reason ?? common.states[item.state].meaning}
        </Text>
        <Text size="sm" c="dimmed" component="div">
          {item.waiting > 0 && `${home.waiting(item.waiting)} · `}
          {item.lastCommit === null ? (
            home.noCommit
          ) : (
            <>
              {home.lastCommit} <Time at={item.lastCommit.committedAt} />
            </>
          )}
        </Text>
      </Group>
    </Paper>
  );
}
