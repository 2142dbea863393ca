import { Checkbox, Skeleton, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { texts } from '../../texts/index.ts';
import type { EntryItem } from './entries-query.ts';
import { toggledSort, type EntriesSort } from './entries-search.ts';
import { EntryCells } from './entry-row.tsx';
import classes from './entry-rows.module.css';

const { entries: words } = texts;
/** How many rows before the end of what was read more is read. */
const ahead = 30;

/** How high a row is, in pixels: exactly on a desktop, and most of them on a phone. */
const rowHeight = { desktop: 60, phone: 100 };

/** Which rows are chosen, and how to choose. */
export interface Choosing {
  chosen: ReadonlyMap<string, EntryItem>;
  choose: (item: EntryItem, isChosen: boolean) => void;
  chooseAll: (items: readonly EntryItem[]) => void;
}

/**
 * Entries as a table, of which only what is on the screen is drawn, and more is read when one comes near. `total` is how
 * many there are, if that is known: then the page is as long from the beginning.
 */
export function EntryRows({
  space,
  label,
  items,
  total,
  kindOf,
  sort,
  onSort,
  onTerm,
  choosing,
  more,
}: {
  space: string;
  label: string;
  items: readonly EntryItem[];
  total: number | null;
  /** What the kind of an entry is called, where the list has several. */
  kindOf: ((kind: string) => string) | null;
  sort: EntriesSort;
  onSort: (sort: EntriesSort) => void;
  onTerm: (term: string) => void;
  /** `null` where nothing can be done to several. */
  choosing: Choosing | null;
  more: { has: boolean; isReading: boolean; read: () => void };
}) {
  const body = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setScrollMargin(body.current?.offsetTop ?? 0);
    measure();
    // What is above may change its height, such as by a notice.
    const watched = new ResizeObserver(measure);
    watched.observe(document.body);
    return () => watched.disconnect();
  }, []);
  // As long as these are the same, the places of ten thousand rows are not computed again.
  const isPhone = useMediaQuery('(max-width: 48em)');
  const estimateSize = useCallback(
    () => (isPhone ? rowHeight.phone : rowHeight.desktop),
    [isPhone],
  );
  const getItemKey = useCallback((index: number) => items[index]?.id ?? index, [items]);
  const count = more.has ? Math.max(items.length + 1, total ?? 0) : items.length;
  const rows = useWindowVirtualizer({
    count,
    estimateSize,
    overscan: 12,
    scrollMargin,
    getItemKey,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { has, isReading, read } = more;
  const isNear = last >= items.length - ahead;
  useEffect(() => {
    if (isNear && has && !isReading) read();
  }, [isNear, has, isReading, read, items.length]);
  const areAllChosen = choosing !== null && items.every(({ id }) => choosing.chosen.has(id));
  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={more.has && total === null ? -1 : count + 1}
      className={classes.table}
      data-choosing={choosing === null ? undefined : true}
    >
      <div role="rowgroup">
        <div role="row" className={classes.head} aria-rowindex={1}>
          {choosing && (
            <div role="columnheader">
              <Checkbox
                size="xs"
                aria-label={words.chooseAll}
                checked={areAllChosen}
                indeterminate={!areAllChosen && choosing.chosen.size > 0}
                onChange={() => choosing.chooseAll(areAllChosen ? [] : items)}
              />
            </div>
          )}
          <SortHeader column="title" sort={sort} onSort={onSort} />
          <div role="columnheader">{words.columns.status}</div>
          <div role="columnheader">{words.columns.owners}</div>
          <SortHeader column="updated" sort={sort} onSort={onSort} />
        </div>
      </div>
      <div
        role="rowgroup"
        ref={body}
        className={classes.body}
        style={{ height: rows.getTotalSize() }}
      >
        {shown.map(({ index, key, start }) => {
          const item = items[index];
          return (
            <div
              key={key}
              ref={rows.measureElement}
              role="row"
              data-index={index}
              aria-rowindex={index + 2}
              className={classes.row}
              data-chosen={item && choosing?.chosen.has(item.id) ? true : undefined}
              style={{ transform: `translateY(${start - scrollMargin}px)` }}
            >
              {item === undefined ? (
                <div role="cell">
                  <Skeleton h={14} w="60%" aria-label={words.loadingMore} />
                </div>
              ) : (
                <EntryCells
                  space={space}
                  item={item}
                  kind={kindOf?.(item.kind) ?? null}
                  isChosen={choosing?.chosen.has(item.id) === true}
                  onChoose={choosing?.choose}
                  onTerm={onTerm}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function SortHeader({
  column,
  sort,
  onSort,
}: {
  column: 'title' | 'updated';
  sort: EntriesSort;
  onSort: (sort: EntriesSort) => void;
}) {
  const isSorted = sort === column || sort === `-${column}`;
  const isDescending = sort.startsWith('-');
  const Arrow = isDescending ? IconArrowDown : IconArrowUp;
  const name = words.columns[column];
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}
    >
      <UnstyledButton
        className={classes.sort}
        title={words.sortBy(name)}
        onClick={() => onSort(toggledSort(sort, column))}
      >
        {name}
        {isSorted && <Arrow size={14} aria-hidden />}
      </UnstyledButton>
    </div>
  );
}
