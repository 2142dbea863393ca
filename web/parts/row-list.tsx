import { Button, Stack } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { useState, type ComponentProps, type Key, type ReactNode } from 'react';
import { texts } from '../texts/index.ts';
import classes from './row-list.module.css';

/** A column of a {@link RowList}; the first one names the row. */
export interface Column<Item> {
  name: string;
  cell: (item: Item) => ReactNode;
}

/** How many rows are drawn at first, and with every click more. */
const step = 100;

/** A table, which on a phone is a list of cards. */
export function RowList<Item>({
  label,
  items,
  keyOf,
  columns,
  pages,
}: {
  /** What the rows are, for those who do not see them. */
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => Key;
  columns: Column<Item>[];
  /** Of a list that is read a page at a time. */
  pages?: { hasMore: boolean; isReading: boolean; onMore: () => void };
}) {
  const [drawn, setDrawn] = useState(step);
  const shown = pages === undefined ? drawn : items.length;
  const hasMore = pages?.hasMore ?? items.length > shown;
  return (
    <Stack>
      {/* The roles are said because the layout of cards takes them away. */}
      <table role="table" aria-label={label} className={classes.table}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ name }) => (
              <th key={name} role="columnheader" scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.slice(0, shown).map((item) => (
            <tr key={keyOf(item)} role="row">
              {columns.map(({ name, cell }) => (
                <td key={name} role="cell" data-label={name}>
                  {cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hasMore && (
        <Button
          variant="default"
          loading={pages?.isReading ?? false}
          onClick={() => (pages === undefined ? setDrawn(drawn + step) : pages.onMore())}
        >
          {texts.common.more}
        </Button>
      )}
    </Stack>
  );
}

function PlainRowLink({ className, ...props }: ComponentProps<'a'>) {
  return <a {...props} className={[classes.link, className].filter(Boolean).join(' ')} />;
}

/** The link of a row: the whole row leads there. */
export const RowLink = createLink(PlainRowLink);
