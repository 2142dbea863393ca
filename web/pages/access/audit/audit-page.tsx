import { Button, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PagedRows } from '../../../parts/paged-rows.tsx';
import { RowLink } from '../../../parts/row-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { ForRole } from '../shared/for-role.tsx';
import { AuditDialog } from './audit-dialog.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { entriesQuery } from './audit-queries.ts';
import { auditQuery, auditSearch, type AuditChange } from './audit-search.ts';
import { actionName } from './action-name.ts';

const route = getRouteApi('/signed-in/access/audit');
const { audit: words } = texts;

/** The most pages that are read for an entry that an address asks for. */
const mostPages = 20;

/** Who did what, with filters. */
export function AuditPage() {
  return (
    <ForRole role="admin">
      <Audit />
    </ForRole>
  );
}

function Audit() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({ ...entriesQuery(search), placeholderData: keepPreviousData });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const go = (changed: AuditChange, replace = false) =>
    void navigate({ search: auditSearch({ ...search, ...changed }), replace, resetScroll: false });

  const items = data?.pages.flatMap((page) => page.items);
  const entry = items?.find(({ id }) => id === search.entry);
  const isSought =
    search.entry !== undefined &&
    entry === undefined &&
    hasNextPage &&
    (data?.pages.length ?? 0) < mostPages;
  useEffect(() => {
    if (isSought && !isFetchingNextPage) void fetchNextPage();
  }, [isSought, isFetchingNextPage, fetchNextPage]);

  const isFiltered = Object.keys(auditQuery(search)).length > 0;
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      <Stack>
        <AuditFilters search={search} onChange={(changed) => go(changed, true)} />
        <PagedRows
          query={query}
          label={words.title}
          keyOf={({ id }) => id}
          empty={<NoEntries isFiltered={isFiltered} />}
          columns={[
            {
              name: words.columns.what,
              cell: ({ id, action }) => (
                <RowLink
                  to="/access/audit"
                  search={auditSearch({ ...search, entry: id })}
                  resetScroll={false}
                >
                  {actionName(action)}
                </RowLink>
              ),
            },
            { name: words.columns.actor, cell: ({ actor }) => actor },
            {
              name: words.columns.target,
              cell: ({ target, detail }) => (
                <>
                  {typeof detail.name === 'string' && <Text size="sm">{detail.name}</Text>}
                  <Text size={typeof detail.name === 'string' ? 'xs' : 'sm'} c="dimmed">
                    {target}
                  </Text>
                </>
              ),
            },
            { name: words.columns.at, cell: ({ at }) => <Time at={at} /> },
          ]}
        />
      </Stack>
      <AuditDialog
        id={search.entry ?? null}
        entry={entry}
        isSought={isSought || data === undefined}
        onFilter={(filter) => go({ ...filter, entry: undefined })}
        onClose={() => go({ entry: undefined })}
      />
    </>
  );
}

function NoEntries({ isFiltered }: { isFiltered: boolean }) {
  const navigate = route.useNavigate();
  if (!isFiltered)
    return (
      <EmptyState icon={<IconHistory size={44} aria-hidden />} title={words.emptyTitle}>
        {words.empty}
      </EmptyState>
    );
  return (
    <EmptyState title={texts.access.nothingMatches}>
      <Button variant="light" onClick={() => void navigate({ search: {}, replace: true })}>
        {words.clear}
      </Button>
    </EmptyState>
  );
}
