import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { wordCount } from '../../../editor/text/outline.ts';
import { Card } from '../../../parts/card.tsx';
import { CopyText } from '../../../parts/knowledge/copy-text.tsx';
import { PlainText } from '../../../parts/knowledge/plain-text.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import {
  isRefusedValue,
  renderedQuery,
  type Read,
  type Variable,
} from '../filling/fill-queries.ts';
import { fillingOf, type Given } from '../filling/fill-values.ts';
import { MadeOf } from '../filling/made-of.tsx';
import type { EntryPath } from '../history/history-queries.ts';

const { prompts: words, templates, common } = texts;

/** A variant of a prompt as programs get it, filled with these values. */
export function VariantCard({
  path,
  read,
  variables,
  error,
  given,
}: {
  path: EntryPath;
  read: Read;
  /** `undefined` while they are not known. */
  variables: readonly Variable[] | undefined;
  /** Why they are not. */
  error: Error | null;
  given: Given;
}) {
  const rendered = useQuery({
    ...renderedQuery(path, read, fillingOf(variables ?? [], given).values),
    enabled: variables !== undefined,
  });
  const { data } = rendered;
  const problem = error ?? rendered.error;
  const name = read.variant ?? words.whole;
  return (
    <Card
      title={name}
      aside={
        <Group gap="sm">
          {data !== undefined && (
            <Text size="xs" c="dimmed">
              {words.words(wordCount(data.body))}
            </Text>
          )}
          <CopyText text={data?.body ?? ''} name={name} isDisabled={data === undefined} />
        </Group>
      }
    >
      {isRefusedValue(problem) ? (
        <Text size="sm">{templates.refused}</Text>
      ) : problem !== null ? (
        <ProblemAlert error={problem} />
      ) : data === undefined ? (
        <Skeleton h={160} aria-busy aria-label={common.loading} />
      ) : (
        <Stack gap="xs">
          <PlainText text={data.body} label={words.rendered(name)} />
          <MadeOf sources={[...data.blocks, ...data.includes]} />
        </Stack>
      )}
    </Card>
  );
}
