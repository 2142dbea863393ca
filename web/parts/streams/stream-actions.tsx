import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconRotateClockwise,
  IconShieldCheck,
  type Icon,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { State } from '../../api/types.ts';
import { texts } from '../../texts/index.ts';
import { Confirm, type Question } from '../confirm.tsx';

const words = texts.stream.actions;

/** What operators do with a mirror and a space alike. */
export type StreamAction = 'refresh' | 'retry' | 'pause' | 'resume' | 'approve';

const icons: Record<StreamAction, Icon> = {
  refresh: IconRefresh,
  retry: IconRotateClockwise,
  pause: IconPlayerPause,
  resume: IconPlayerPlay,
  approve: IconShieldCheck,
};

/** The states in which nothing has to be done. */
const isWell = new Set<State>(['synced', 'pending', 'syncing', 'initializing', 'ended']);

/** The actions that make sense in a state, the likeliest first. */
export function actionsIn(state: State): StreamAction[] {
  switch (state) {
    case 'ended':
      return [];
    case 'paused':
      return ['resume'];
    case 'held':
      return ['retry', 'approve', 'pause'];
    case 'escalated':
    case 'retrying':
      return ['retry', 'pause'];
    case 'initializing':
    case 'syncing':
      return ['pause'];
    case 'pending':
    case 'synced':
      return ['refresh', 'pause'];
  }
}

/** Buttons for what an operator may do now. `act` sends the action; those that are `elsewhere` are left out. */
export function StreamActions({
  state,
  name,
  act,
  elsewhere = [],
  isSecondary = false,
}: {
  state: State;
  name: string;
  elsewhere?: readonly StreamAction[];
  /** Whether something else on the page is what most people come for: while all is well, no action stands out. */
  isSecondary?: boolean;
  act: (action: StreamAction) => Promise<unknown>;
}) {
  const [question, setQuestion] = useState<Question | null>(null);
  const run = useMutation({
    mutationFn: act,
    onSuccess: (_, action) => {
      setQuestion(null);
      notifications.show({ message: words[action].done });
    },
    onError: (error, action) => {
      if (action !== 'approve') notifications.show({ color: 'red', message: error.message });
    },
  });
  const isQuiet = isSecondary && isWell.has(state);
  const shown = actionsIn(state).filter((action) => !elsewhere.includes(action));
  return (
    <>
      {shown.map((action, at) => {
        const ActionIcon = icons[action];
        return (
          <Button
            key={action}
            variant={at === 0 && !isQuiet ? 'filled' : 'default'}
            leftSection={<ActionIcon size={16} aria-hidden />}
            loading={run.isPending && run.variables === action}
            onClick={() =>
              action === 'approve'
                ? setQuestion({ ...words.approve.question, typed: name })
                : run.mutate(action)
            }
          >
            {words[action].name}
          </Button>
        );
      })}
      <Confirm
        question={question}
        isWorking={run.isPending}
        error={run.error}
        onConfirm={() => run.mutate('approve')}
        onClose={() => setQuestion(null)}
      />
    </>
  );
}
