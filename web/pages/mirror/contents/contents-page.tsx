import { Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PagedRows } from '../../../parts/paged-rows.tsx';
import { RowLink } from '../../../parts/row-list.tsx';
import { SearchField } from '../../../parts/search-field.tsx';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';
import { contentsSearch, type ContentsSearch } from '../mirror-search.ts';
import { StaleNotice } from '../stale-notice.tsx';
import { contentsQuery, countsQuery, type ContentsCounts } from './contents-queries.ts';
import { GroupField } from './group-field.tsx';
import { objectSearchOf } from '../../../parts/streams/object-search-of.ts';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/contents');
const { contents: words } = texts;

const kinds = ['configuration', 'row', 'table'] as const;
const everything = { text: undefined, kind: undefined, component: undefined, bucket: undefined };

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
  const { data: counts } = useQuery(countsQuery(path));
  const counted = countsOf(counts, search);
  const isNarrowed = Object.keys(search).length > 0;
  return (
    <>
      <MirrorHeader path={path} title={words.title} />
      <StaleNotice stale={query.data?.pages[0]?.stale} />
      <Stack>
        <Group component="search" gap="sm" aria-label={words.search}>
          <SearchField
            label={words.search}
            text={search.text ?? ''}
            onText={(text) => go({ text })}
          />
          <GroupField
            counts={counts}
            value={search}
            onChange={(group) => go({ component: undefined, bucket: undefined, ...group })}
          />
          <SegmentedControl
            aria-label={words.kinds}
            value={search.kind ?? 'all'}
            onChange={(kind) => go({ kind })}
            data={[
              { value: 'all', label: words.all },
              ...kinds.map((kind) => ({
                value: kind,
                label: kindLabel(kind, counted),
              })),
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
                  <Button variant="light" onClick={() => go(everything)}>
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

/** Four labels with numbers have to fit on a phone. */
const short = new Intl.NumberFormat('en', { notation: 'compact' });

type Counted = Record<(typeof kinds)[number], number>;

/** How much there is of each kind where one looks; `null` if that is not counted. */
function countsOf(
  counts: ContentsCounts | undefined,
  { component, bucket }: ContentsSearch,
): Counted | null {
  if (counts === undefined) return null;
  const ofComponent = counts.components.find(({ componentId }) => componentId === component);
  if (ofComponent !== undefined)
    return { configuration: ofComponent.configurations, row: ofComponent.rows, table: 0 };
  const ofBucket = counts.buckets.find(({ bucketId }) => bucketId === bucket);
  if (ofBucket !== undefined) return { configuration: 0, row: 0, table: ofBucket.tables };
  if (component !== undefined || bucket !== undefined) return null;
  return { configuration: counts.configurations, row: counts.rows, table: counts.tables };
}

function kindLabel(kind: (typeof kinds)[number], counts: Counted | null): string {
  const label = words.kindsOf[kind];
  return counts === null ? label : `${label} ${short.format(counts[kind])}`;
}
