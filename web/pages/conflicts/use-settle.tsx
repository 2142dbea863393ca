import { Anchor, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProblemError } from '../../api/problem-error.ts';
import { spaceLists } from '../../parts/knowledge/space-queries.ts';
import { texts } from '../../texts/index.ts';
import { conflictQuery, settle, type Conflict, type Settlement } from './conflict-queries.ts';

const { conflicts: words } = texts;

/** Settles a conflict, says what becomes of it, and offers to undo that. */
export function useSettle(space: string, conflict: Conflict) {
  const client = useQueryClient();
  const { queryKey } = conflictQuery(space, conflict.id);
  const reread = () => client.invalidateQueries({ queryKey: spaceLists(space) });

  async function undo(now: Conflict): Promise<void> {
    try {
      client.setQueryData(queryKey, await settle(space, now, { take: 'git' }));
      notifications.show({ message: words.undone });
    } catch (error) {
      notifications.show({ color: 'red', message: error instanceof Error ? error.message : '' });
    }
    await reread();
  }

  return useMutation({
    mutationFn: (settlement: Settlement) => settle(space, conflict, settlement),
    onSuccess(now) {
      client.setQueryData(queryKey, now);
      void reread();
      const isGit = now.settled?.how === 'git';
      notifications.show({
        id: `settled-${now.id}`,
        autoClose: isGit ? 5_000 : 60_000,
        message: (
          <Group justify="space-between">
            <Text size="sm">{isGit ? words.settledGit : words.settledNow}</Text>
            {!isGit && (
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() => {
                  notifications.hide(`settled-${now.id}`);
                  void undo(now);
                }}
              >
                {words.undo}
              </Anchor>
            )}
          </Group>
        ),
      });
    },
    onError(error) {
      // What it is now is shown, and said to be new.
      if (error instanceof ProblemError && error.code === 'conflict_moved') void reread();
    },
  });
}
