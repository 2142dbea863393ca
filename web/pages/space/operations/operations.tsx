import { Anchor, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { hasEnded } from '../../../../model/knowledge/operation.ts';
import { api, dataOf } from '../../../api/client.ts';
import type { Space } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { ImportLink } from '../../../parts/knowledge/import-link.tsx';
import { spacePath } from '../../../parts/knowledge/paths.ts';
import { useRights } from '../../../parts/knowledge/rights.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { operationsQuery, type Operation } from './operation-queries.ts';
import { OperationBadge, OperationProgress, StopOperation } from './operation-state.tsx';
import classes from './operations.module.css';
import { useOperationNews } from './use-operation.ts';

const { operations: words } = texts;
const icons = { sync: IconDownload, export: IconUpload };

/** What can be done to everything in a space, how far that has got, and what became of it. Nothing where there is neither. */
export function Operations({ space: { id, state } }: { space: Space }) {
  const client = useQueryClient();
  const { may, mayAny } = useRights(id);
  const { data, error, refetch } = useQuery(operationsQuery(id));
  const items = data?.items ?? [];
  const start = useMutation({
    mutationFn: (type: 'sync' | 'export') =>
      dataOf(
        api.POST(`/v1/spaces/{space}/actions/${type}`, {
          params: { path: { space: id } },
          body: {},
        }),
      ),
    onSuccess: (operation) => {
      client.setQueryData(
        operationsQuery(id).queryKey,
        (before) => before && { ...before, items: [operation, ...before.items] },
      );
    },
  });
  const mayStart = may('operator');
  const mayImport = mayAny('editor') && state !== 'ended';
  if (!mayStart && !mayImport && items.length === 0) return null;
  return (
    <Card title={words.title}>
      <Stack gap="sm">
        {(mayStart || mayImport) && (
          <Group gap="xs">
            {(mayStart ? (['sync', 'export'] as const) : []).map((type) => {
              const StartIcon = icons[type];
              const goesOn = items.some((one) => one.type === type && !hasEnded(one.state));
              return (
                <Tooltip key={type} label={words.hints[type]} multiline maw={240}>
                  <Button
                    variant="default"
                    size="xs"
                    leftSection={<StartIcon size={14} aria-hidden />}
                    loading={start.isPending && start.variables === type}
                    disabled={goesOn || state === 'ended'}
                    onClick={() => start.mutate(type)}
                  >
                    {words.types[type]}
                  </Button>
                </Tooltip>
              );
            })}
            {mayImport && (
              <Tooltip label={texts.imports.hint} multiline maw={240}>
                <ImportLink space={id} kind={null} size="xs" />
              </Tooltip>
            )}
          </Group>
        )}
        {start.error && <ProblemAlert error={start.error} />}
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {data !== undefined && items.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.none}
          </Text>
        )}
        <ul className={classes.list} aria-label={words.detailsAll} aria-live="polite">
          {items.map((operation) => (
            <Shown key={operation.id} operation={operation} />
          ))}
        </ul>
      </Stack>
    </Card>
  );
}

function Shown({ operation }: { operation: Operation }) {
  useOperationNews(operation);
  const { id, space, type, dryRun, by, startedAt } = operation;
  return (
    <li>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={600}>
          {dryRun ? `${words.types[type]}, ${words.dryRun}` : words.types[type]}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <StopOperation operation={operation} />
          <OperationBadge operation={operation} />
        </Group>
      </Group>
      <OperationProgress operation={operation} />
      <Text size="xs" c="dimmed" component="div">
        {words.by(by)}
        {', '}
        <Time at={startedAt} />
        {' · '}
        <Anchor
          size="xs"
          underline="always"
          renderRoot={(root) => <Link {...root} to={spacePath(space, 'operations', id)} />}
        >
          {words.details}
        </Anchor>
      </Text>
    </li>
  );
}
