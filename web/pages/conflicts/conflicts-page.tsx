import { Checkbox, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconArrowsSplit } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { nameOfFile } from '../../parts/knowledge/paths.ts';
import { useRights } from '../../parts/knowledge/rights.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { PagedRows } from '../../parts/paged-rows.tsx';
import { RowLink, type Column } from '../../parts/row-list.tsx';
import { texts } from '../../texts/index.ts';
import { conflictListQuery, type ConflictItem } from './conflict-queries.ts';
import { Said } from './said.tsx';
import { SettleChosen } from './settle-chosen.tsx';

const route = getRouteApi('/signed-in/spaces/$space/conflicts');
const { conflicts: words } = texts;

/** The conflicts of a space: those that wait for a decision, and those that were decided. */
export function ConflictsPage() {
  const { space } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(conflictListQuery(space, search));
  const rights = useRights(space);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const isSettled = search.state === 'settled';
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = items.filter(({ kind }) => rights.may('editor', kind));
  // What was settled elsewhere meanwhile is not in the list any more.
  const taken = isSettled ? [] : open.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const toggle = (id: string) => {
    const now = new Set(chosen);
    if (!now.delete(id)) now.add(id);
    setChosen(now);
  };
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      <Stack>
        <SegmentedControl
          aria-label={words.title}
          value={search.state ?? 'open'}
          onChange={(state) =>
            void navigate({ search: state === 'settled' ? { ...search, state } : without(search) })
          }
          data={[
            { value: 'open', label: words.shows.open },
            { value: 'settled', label: words.shows.settled },
          ]}
          w="fit-content"
        />
        {!isSettled && open.length > 1 && (
          <Checkbox
            label={words.selectAll}
            checked={taken.length === open.length}
            indeterminate={taken.length > 0 && taken.length < open.length}
            onChange={({ currentTarget }) =>
              setChosen(new Set(currentTarget.checked ? open.map(({ id }) => id) : []))
            }
          />
        )}
        <SettleChosen space={space} chosen={taken} onDone={() => setChosen(new Set())} />
        <PagedRows
          query={query}
          label={words.title}
          keyOf={({ id }) => id}
          columns={[
            {
              name: words.columns.entry,
              cell: (item) => (
                <EntryCell
                  {...{ space, item }}
                  isChosen={isSettled || !open.includes(item) ? null : chosen.has(item.id)}
                  onToggle={() => toggle(item.id)}
                />
              ),
            },
            ...(isSettled ? settledColumns : openColumns),
          ]}
          empty={
            <EmptyState
              icon={<IconArrowsSplit size={44} aria-hidden />}
              title={isSettled ? words.emptySettled : words.empty}
            >
              {isSettled ? null : words.emptyHint}
            </EmptyState>
          }
        />
      </Stack>
    </>
  );
}

function without({ kind }: { kind?: string }): { kind?: string } {
  return kind === undefined ? {} : { kind };
}

function EntryCell({
  space,
  item: { id, kind, path },
  isChosen,
  onToggle,
}: {
  space: string;
  item: ConflictItem;
  /** `null`: it cannot be chosen. */
  isChosen: boolean | null;
  onToggle: () => void;
}) {
  const name = nameOfFile(path);
  return (
    <Stack gap={2}>
      <span>
        {isChosen !== null && (
          <Checkbox
            data-above
            display="inline-block"
            me="xs"
            size="sm"
            aria-label={words.select(name)}
            checked={isChosen}
            onChange={onToggle}
          />
        )}
        <RowLink to="/spaces/$space/conflicts/$conflict" params={{ space, conflict: id }}>
          {name}
        </RowLink>
      </span>
      <Text size="xs" c="dimmed">
        {kind}
      </Text>
    </Stack>
  );
}

const openColumns: Column<ConflictItem>[] = [
  { name: words.columns.what, cell: ({ cause }) => words.causes[cause] },
  { name: words.columns.mine, cell: ({ mine }) => <Said by={mine.by} at={mine.at} /> },
  {
    name: words.columns.git,
    cell: ({ git }) => <Said by={git.by ?? words.somebody} at={git.at} />,
  },
];

const settledColumns: Column<ConflictItem>[] = [
  {
    name: words.columns.chosen,
    cell: ({ settled }) => settled && words.chosen[settled.how],
  },
  {
    name: words.columns.settled,
    cell: ({ settled }) => settled && <Said by={settled.by} at={settled.at} />,
  },
];
