import { Alert, Anchor, Button, Group, List, Paper, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { spaceLists } from '../../parts/knowledge/space-queries.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { settleMany, type Side } from './conflict-queries.ts';

const { conflicts: words } = texts;

/** The API takes so many at once. */
const mostAtOnce = 200;

/** What can be done to the conflicts that were selected, and what became of those that were. */
export function SettleChosen({
  space,
  chosen,
  onDone,
}: {
  space: string;
  chosen: string[];
  onDone: () => void;
}) {
  const client = useQueryClient();
  const settle = useMutation({
    mutationFn: async ({ ids, side }: { ids: string[]; side: Side }) => {
      const results = [];
      for (let at = 0; at < ids.length; at += mostAtOnce)
        results.push(...(await settleMany(space, ids.slice(at, at + mostAtOnce), side)).results);
      return results;
    },
    onSettled: () => client.invalidateQueries({ queryKey: spaceLists(space) }),
  });
  const take = (side: Side) =>
    settle.mutate(
      { ids: chosen, side },
      {
        onSuccess(results) {
          onDone();
          const done = results.filter(({ outcome }) => outcome === 'settled').map(({ id }) => id);
          if (done.length > 0) tell(done, side);
        },
      },
    );

  function tell(done: string[], side: Side): void {
    const id = `settled-${done.join(' ')}`;
    const undo = () => {
      notifications.hide(id);
      settle.mutate(
        { ids: done, side: 'git' },
        { onSuccess: () => void notifications.show({ message: words.undone }) },
      );
    };
    notifications.show({
      id,
      autoClose: side === 'git' ? 5_000 : 60_000,
      message: (
        <Group justify="space-between">
          <Text size="sm">{words.doneMany(done.length, side)}</Text>
          {side === 'mine' && (
            <Anchor component="button" type="button" size="sm" onClick={undo}>
              {words.undo}
            </Anchor>
          )}
        </Group>
      ),
    });
  }

  const refused = settle.data?.filter(({ outcome }) => outcome === 'refused') ?? [];
  return (
    <>
      {settle.error !== null && <ProblemAlert error={settle.error} />}
      {refused.length > 0 && (
        <Alert color="yellow" title={words.refusedMany(refused.length)}>
          <List size="sm">
            {refused.map(({ id, detail }) => (
              <List.Item key={id}>{detail}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {chosen.length > 0 && (
        <Paper withBorder p="sm">
          <Group>
            <Text size="sm" fw={600}>
              {words.selected(chosen.length)}
            </Text>
            <Button
              size="xs"
              variant="default"
              loading={settle.isPending}
              onClick={() => take('git')}
            >
              {words.takeGit}
            </Button>
            <Button
              size="xs"
              variant="default"
              loading={settle.isPending}
              onClick={() => take('mine')}
            >
              {words.keepSaved}
            </Button>
          </Group>
        </Paper>
      )}
    </>
  );
}
