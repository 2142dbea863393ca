import { Paper } from '@mantine/core';
import { IconBook, IconGitBranch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Link } from '@tanstack/react-router';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import type { OverviewItem } from '../../api/types.ts';
import { StateBadge } from '../../parts/streams/state-badge.tsx';
import { streamPath } from '../../parts/streams/stream-path.ts';
import { relativeTime } from '../../parts/relative-time.ts';
import { Time, useNow } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import classes from './stream-list.module.css';
import { TrendLine } from './trend-line.tsx';
import { trendQuery, type Trend } from './trend.ts';

const { home, common } = texts;

/** The mirrors and spaces as a list, of which only what is on the screen is drawn. */
export function StreamList({ items }: { items: readonly OverviewItem[] }) {
  const { data: trends } = useQuery(trendQuery);
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
              <Row item={item} trend={trends?.get(item.id)} />
            </li>
          )
        );
      })}
    </ul>
  );
}

/** A mirror or a space; it is drawn again only when something about it has changed. */
const Row = memo(function Row({ item, trend }: { item: OverviewItem; trend: Trend | undefined }) {
  const ProductIcon = item.product === 'mirror' ? IconGitBranch : IconBook;
  return (
    <Paper withBorder p="sm" className={classes.card}>
      <div className={classes.head}>
        <ProductIcon size={20} aria-label={common.product[item.product]} className={classes.icon} />
        <div className={classes.names}>
          <Link to={streamPath(item.id) ?? '/'} className={classes.link}>
            {item.name}
          </Link>
          <div className={classes.detail}>{item.detail}</div>
        </div>
        {trend !== undefined && <TrendLine trend={trend} />}
        <div className={classes.badge}>
          <StateBadge state={item.state} />
        </div>
      </div>
      <div className={classes.facts}>
        <div className={classes.reason}>{item.reason ?? common.states[item.state].meaning}</div>
        <div className={classes.times}>
          {item.waiting > 0 && <Waiting item={item} />}
          {item.lastCommit === null ? (
            home.noCommit
          ) : (
            <>
              {home.lastCommit} <Time at={item.lastCommit.committedAt} />
            </>
          )}
        </div>
      </div>
    </Paper>
  );
});

function Waiting({ item: { waiting, waitingSince } }: { item: OverviewItem }) {
  const now = useNow();
  const oldest =
    waitingSince !== null && `, ${home.oldest(relativeTime(new Date(waitingSince), now))}`;
  return (
    <>
      {home.waiting(waiting)}
      {oldest}
      {' · '}
    </>
  );
}
