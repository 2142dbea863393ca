import { Badge, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PagedRows } from '../../../parts/paged-rows.tsx';
import { RowLink } from '../../../parts/row-list.tsx';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';
import { contentsSearch, type ContentsSearch } from '../mirror-search.ts';
import { StaleNotice } from '../stale-notice.tsx';
import { contentsQuery } from './contents-queries.ts';
import { objectSearchOf } from '../../../parts/streams/object-search-of.ts';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/contents');
const { contents: words } = texts;

/** What a mirror holds, read from its repository: configurations, rows and tables, by words. */
export function ContentsPage() {
  const path = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({
    ...contentsQuery(path, search),
    placeholderData: keepPreviousData,
  });
  const go = (changed: { [Name in keyof ContentsSearch]?: unknown }) =>
    void navigate({
      search: contentsSearch({ ...search, ...changed }),
      replace: true,
      resetScroll: false,
    });
  const isNarrowed = search.text !== undefined || search.kind !== undefined;
  return (
    <>
      <MirrorHeader path={path} title={words.title} />
      <StaleNotice stale={query.data?.pages[0]?.stale} />
      <Stack>
        <Group component="search" gap="sm" aria-label={words.search}>
          <SearchField text={search.text ?? ''} onText={(text) => go({ text })} />
          <SegmentedControl
            aria-label={words.kinds}
            value={search.kind ?? 'all'}
            onChange={(kind) => go({ kind })}
            data={[
              { value: 'all', label: words.all },
              ...Object.entries(words.kindsOf).map(([value, label]) => ({ value, label })),
            ]}
          />
        </Group>
        <PagedRows
          query={query}
          label={words.title}
          keyOf={({ kind, componentId, configurationId, rowId, tableId }) =>
            [kind, componentId, configurationId, rowId, tableId].join(' ')
          }
          empty={
            <EmptyState title={isNarrowed ? words.nothing : words.empty}>
              {isNarrowed && (
                <>
                  <Text c="dimmed">{words.nothingHint}</Text>
                  <Button variant="light" onClick={() => go({ text: undefined, kind: undefined })}>
                    {words.showAll}
                  </Button>
                </>
              )}
            </EmptyState>
          }
          columns={[
            {
              name: words.columns.name,
              cell: (item) => (
                <Group gap="xs">
                  <RowLink
                    to="/mirrors/$project/$branch/object"
                    params={path}
                    search={objectSearchOf(item) ?? {}}
                  >
                    {item.name}
                  </RowLink>
                  {item.isDisabled && (
                    <Badge variant="light" color="gray" tt="none">
                      {words.disabled}
                    </Badge>
                  )}
                </Group>
              ),
            },
            { name: words.columns.kind, cell: ({ kind }) => words.kind[kind] },
            {
              name: words.columns.owner,
              cell: ({ kind, componentId, configurationId, bucketId }) =>
                kind === 'row' ? `${componentId} / ${configurationId}` : (componentId ?? bucketId),
            },
            {
              name: words.columns.description,
              cell: ({ description }) =>
                description === '' ? null : (
                  <Text size="sm" c="dimmed" lineClamp={2}>
                    {description}
                  </Text>
                ),
            },
          ]}
        />
      </Stack>
    </>
  );
}

/** Searches when somebody stops typing for a moment. */
function SearchField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  // The address changed otherwise: by a link, or by going back.
  const [before, setBefore] = useState(text);
  if (before !== text) {
    setBefore(text);
    if (text !== typed.trim()) setTyped(text);
  }
  const tell = useDebouncedCallback(onText, 200);
  return (
    <TextInput
      type="search"
      aria-label={words.search}
      placeholder={words.search}
      leftSection={<IconSearch size={16} aria-hidden />}
      maxLength={200}
      flex="1 1 18rem"
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        tell(value.trim());
      }}
    />
  );
}
