import { NativeSelect, Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { texts } from '../../texts/index.ts';
import {
  clashesOf,
  mayBeOwn,
  targetsOf,
  type Mapping,
  type TableKind,
  type Target,
} from './guess-columns.ts';
import { shownCell } from './shown-cell.ts';
import type { TableHead } from './table-head.ts';
import { bodyColumn } from '../../../knowledge/import/import-row.ts';

const { imports: words } = texts;

/** Where each column of a table goes, to be changed by whoever imports it. */
export function ColumnMapping({
  head: { columns, rows },
  kind,
  mapping,
  onChange,
}: {
  head: TableHead;
  kind: TableKind;
  mapping: Mapping;
  onChange: (column: string, target: Target) => void;
}) {
  const clashes = clashesOf(mapping);
  const body = bodyColumn(kind);
  const targets = targetsOf(kind).map((name) => ({
    value: `to ${name}`,
    label: name === body ? words.text : name,
  }));
  return (
    <Card title={words.columnsTitle}>
      <RowList
        label={words.columnsTitle}
        items={columns}
        keyOf={(column) => column}
        columns={[
          {
            name: words.column,
            cell: (column) => (
              <Text size="sm" fw={600}>
                {column}
              </Text>
            ),
          },
          {
            name: words.example,
            cell: (column) =>
              rows.map((row) => shownCell(row[column])).find((text) => text !== '') ?? '',
          },
          {
            name: words.goesTo,
            cell: (column) => {
              const clash = clashes.get(column);
              return (
                <NativeSelect
                  aria-label={words.goesToOf(column)}
                  data={[
                    ...targets,
                    ...(mayBeOwn(column, kind) ? [{ value: 'own', label: words.own }] : []),
                    { value: 'nowhere', label: words.leaveOut },
                  ]}
                  value={valueOf(mapping.get(column) ?? null)}
                  onChange={(event) => onChange(column, targetOf(event.currentTarget.value))}
                  error={clash !== undefined && words.clash(clash)}
                />
              );
            },
          },
        ]}
      />
    </Card>
  );
}

function valueOf(target: Target): string {
  if (target === null) return 'nowhere';
  return target === 'own' ? 'own' : `to ${target.to}`;
}

function targetOf(value: string): Target {
  if (value === 'nowhere') return null;
  return value === 'own' ? 'own' : { to: value.slice('to '.length) };
}
