import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Space } from '../../api/types.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { kindWords, wordsOfKind } from '../../parts/knowledge/kind-words.ts';
import { useRights } from '../../parts/knowledge/rights.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { BulkBar } from './bulk/bulk-bar.tsx';
import { entriesSearch, type EntriesSearch } from './entries-search.ts';
import { EntriesTools } from './entries-tools.tsx';
import { EntryRows } from './entry-rows.tsx';
import { scalarFields } from './scalar-fields.ts';
import { withTerm } from './search-terms.ts';
import { useChosen } from './use-chosen.ts';
import { useEntries } from './use-entries.ts';

const { entries: words } = texts;
type Kind = Space['kinds'][number];

/** A list of entries with what one looks for, and with what can be done to several; `kind` is `null` for all. */
export function EntriesView({
  space,
  kind,
  search,
}: {
  space: Space;
  kind: Kind | null;
  search: EntriesSearch;
}) {
  const navigate = useNavigate();
  const { query, items, isOutdated, readAgain } = useEntries(space.id, kind?.name ?? null, search);
  const { may, mayAny } = useRights(space.id);
  const { chosen, choose, chooseAll } = useChosen(items);
  const mayChange = kind === null ? mayAny('editor') : may('editor', kind.name);
  const go = useCallback(
    (changed: { [Name in keyof EntriesSearch]?: unknown }) =>
      void navigate({
        to: '.',
        search: (before: object) => entriesSearch({ ...before, ...changed }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const onTerm = useCallback(
    (term: string) =>
      void navigate({
        to: '.',
        search: (before: { q?: string }) =>
          entriesSearch({ ...before, q: withTerm(before.q ?? '', term) }),
      }),
    [navigate],
  );
  const { fetchNextPage } = query;
  const read = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const kindOf = useCallback((name: string) => wordsOfKind(space, name).one, [space]);

  const isNarrowed = search.q !== undefined || search.status !== undefined;
  const counts = kind === null ? Object.values(space.entries) : [space.entries[kind.name] ?? 0];
  const total = isNarrowed ? null : counts.reduce((sum, count) => sum + count, 0);
  const named = kind === null ? { one: 'entry', many: 'entries' } : kindWords(kind);
  return (
    <Stack gap="sm">
      <EntriesTools
        search={search}
        fields={kind === null ? [] : scalarFields(kind)}
        onChange={go}
      />
      <Text size="sm" c="dimmed" role="status" mih="1.5em">
        {items !== undefined &&
          (total === null
            ? words.found(items.length, !query.hasNextPage)
            : words.count(Math.max(total, items.length), named))}
      </Text>
      {isOutdated && (
        <Alert color="blue">
          <Button size="xs" variant="light" onClick={readAgain}>
            {words.readAgain}
          </Button>
        </Alert>
      )}
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {items === undefined && query.error === null && (
        <Stack gap="xs" aria-busy aria-label={texts.common.loading}>
          {[1, 2, 3, 4, 5, 6].map((row) => (
            <Skeleton key={row} h={52} />
          ))}
        </Stack>
      )}
      {items?.length === 0 &&
        (isNarrowed ? (
          <EmptyState title={words.nothing}>
            <Text c="dimmed">{words.nothingHint}</Text>
            <Button variant="light" onClick={() => go({ q: undefined, status: undefined })}>
              {words.showAll}
            </Button>
          </EmptyState>
        ) : (
          <NoEntries space={space} kind={kind} mayWrite={mayChange} />
        ))}
      {items !== undefined && items.length > 0 && (
        <EntryRows
          space={space.id}
          label={kind === null ? words.all : named.many}
          items={items}
          total={total}
          kindOf={kind === null ? kindOf : null}
          sort={search.sort ?? 'title'}
          onSort={(sort) => go({ sort })}
          onTerm={onTerm}
          choosing={mayChange ? { chosen, choose, chooseAll } : null}
          more={{ has: query.hasNextPage, isReading: query.isFetchingNextPage, read }}
        />
      )}
      {mayChange && (
        <BulkBar
          space={space.id}
          kind={kind}
          chosen={[...chosen.values()]}
          onClear={() => chooseAll([])}
        />
      )}
    </Stack>
  );
}

function NoEntries({
  space: { root },
  kind,
  mayWrite,
}: {
  space: Space;
  kind: Kind | null;
  mayWrite: boolean;
}) {
  const named = kind === null ? { one: 'entry', many: 'entries' } : kindWords(kind);
  const folder = [root, kind?.file ?? kind?.folder ?? ''].filter(Boolean).join('/') || '/';
  return (
    <EmptyState icon={<IconFileText size={40} aria-hidden />} title={words.emptyTitle(named.many)}>
      <Text c="dimmed">{mayWrite ? words.emptyWriter(named.one, folder) : words.emptyReader}</Text>
    </EmptyState>
  );
}
