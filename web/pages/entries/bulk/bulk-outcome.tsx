import { Alert, Anchor, Button, Group, List, Progress, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { entryPath } from '../../../parts/knowledge/paths.ts';
import { texts } from '../../../texts/index.ts';
import type { BulkState } from './use-bulk.ts';

const { bulk: words, untitled } = texts.entries;

/** How far something that is done to several entries has got, and what became of each. */
export function BulkOutcome({
  space,
  state,
  done,
  onStop,
  onClose,
}: {
  space: string;
  state: Exclude<BulkState, { kind: 'asked' }>;
  /** Says how many it was done to. */
  done: (count: number) => string;
  onStop: () => void;
  onClose: () => void;
}) {
  if (state.kind === 'running') {
    const { done: worked, total } = state;
    return (
      <Stack>
        <Progress value={(worked / total) * 100} aria-label={words.working(worked, total)} />
        <Group justify="space-between">
          <Text size="sm" role="status">
            {words.working(worked, total)}
          </Text>
          <Button variant="default" onClick={onStop}>
            {words.stop}
          </Button>
        </Group>
      </Stack>
    );
  }
  const { outcomes } = state;
  const count = (kind: string) => outcomes.filter((one) => one.kind === kind).length;
  const failed = outcomes.flatMap((one) => (one.kind === 'failed' ? [one] : []));
  return (
    <Stack>
      <div role="status">
        {count('done') > 0 && <Text size="sm">{done(count('done'))}</Text>}
        {count('in_review') > 0 && <Text size="sm">{words.reviewed(count('in_review'))}</Text>}
      </div>
      {failed.length > 0 && (
        <Alert color="orange" title={words.failed(failed.length)} role="alert">
          <List size="sm">
            {failed.map(({ item, error }) => (
              <List.Item key={item.id}>
                <Anchor
                  inherit
                  underline="always"
                  c="var(--mantine-color-text)"
                  renderRoot={(root) => <Link {...root} to={entryPath(space, item.id)} />}
                >
                  {item.title || untitled}
                </Anchor>
                {`: ${error.message}`}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {words.close}
        </Button>
      </Group>
    </Stack>
  );
}
