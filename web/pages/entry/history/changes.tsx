import { Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { LazyDiff } from '../../../parts/diff/lazy-diff.tsx';
import { ChangedText } from '../../../parts/knowledge/changed-text.tsx';
import { valueText } from '../../../parts/knowledge/value-text.ts';
import { PageLoading } from '../../../parts/page-loading.tsx';
import { texts } from '../../../texts/index.ts';
import { changedFields } from './changed-fields.ts';

const { history: words } = texts;

/** Markdown is only read where it is compared. */
const RenderedDiff = lazy(async () => ({
  default: (await import('./rendered-diff.tsx')).RenderedDiff,
}));

/** A version of an entry, as far as it is compared. */
export interface Compared {
  path: string;
  fields: Record<string, unknown>;
  body: string;
  /** `null` if it cannot be shown. */
  text: string | null;
}

/** What changed between two versions: the fields in words, and the text as readers see it, or as it is written. `null`: it did not exist. */
export function Changes({ before, after }: { before: Compared | null; after: Compared | null }) {
  const [look, setLook] = useState<'rendered' | 'source'>('rendered');
  const [layout, setLayout] = useState<'both' | 'one'>('one');
  const isShown = [before, after].every((side) => side?.text !== null);
  const isSame = before?.text === after?.text && before?.path === after?.path;
  if (isSame) return <Text>{words.same}</Text>;
  if (!isShown) return <Text>{words.noText}</Text>;
  return (
    <Stack>
      <Group gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={words.look}
          value={look}
          onChange={(value) => setLook(value)}
          data={[
            { value: 'rendered' as const, label: words.looks.rendered },
            { value: 'source' as const, label: words.looks.source },
          ]}
        />
        {look === 'rendered' && (
          <SegmentedControl
            size="xs"
            visibleFrom="sm"
            aria-label={words.layout}
            value={layout}
            onChange={(value) => setLayout(value)}
            data={[
              { value: 'one' as const, label: words.columns.one },
              { value: 'both' as const, label: words.columns.both },
            ]}
          />
        )}
      </Group>
      <Suspense fallback={<PageLoading />}>
        {look === 'source' ? (
          <LazyDiff
            name={after?.path ?? before?.path ?? ''}
            before={before?.text ?? null}
            after={after?.text ?? null}
          />
        ) : (
          <>
            <Fields before={before} after={after} />
            <RenderedDiff
              before={before?.body ?? ''}
              after={after?.body ?? ''}
              isSideBySide={layout === 'both'}
            />
          </>
        )}
      </Suspense>
    </Stack>
  );
}

function Fields({ before, after }: { before: Compared | null; after: Compared | null }) {
  const changed = useMemo(
    () => changedFields(before?.fields ?? {}, after?.fields ?? {}),
    [before, after],
  );
  if (changed.length === 0) return null;
  return (
    <Table aria-label={words.fields} verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.field}</Table.Th>
          <Table.Th>{words.comparison}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changed.map(({ field, before: was, after: is }) => (
          <Table.Tr key={field}>
            <Table.Td>{field}</Table.Td>
            <Table.Td>
              <ChangedText
                before={was === undefined ? '' : valueText(was)}
                after={is === undefined ? '' : valueText(is)}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
