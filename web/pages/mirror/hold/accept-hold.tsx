import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '../../../api/problem-error.ts';
import { Confirm, type Question } from '../../../parts/confirm.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { mirrorQuery, type MirrorPath } from '../mirror-queries.ts';
import { accept, type Hold } from './hold-queries.ts';

const words = texts.hold;

/**
 * The button that accepts what was looked at, once the project's name was typed. If the branch has changed meanwhile,
 * one has to look again first.
 */
export function AcceptHold({
  path,
  name,
  hold,
  isLooking,
  onLookAgain,
}: {
  path: MirrorPath;
  name: string;
  hold: Hold;
  isLooking: boolean;
  onLookAgain: () => void;
}) {
  const [asked, setAsked] = useState<{ question: Question; hold: Hold } | null>(null);
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: (seen: Hold) => accept(path, seen),
    onSuccess: (now) => {
      client.setQueryData(mirrorQuery(path).queryKey, now);
      setAsked(null);
      notifications.show({ message: words.done });
    },
    onError: (error) => {
      if (isChange(error)) setAsked(null);
    },
  });
  const changed = isChange(run.error) && run.variables === hold ? run.error : null;
  const { files, removal } = hold;
  const lost = files.replaces.count + files.removes.count + files.unjudged.count;
  return (
    <>
      {changed !== null && (
        <ProblemAlert
          error={changed}
          title={words.changed}
          action={words.lookAgain}
          onRetry={onLookAgain}
        />
      )}
      <Group justify="flex-end">
        <Button
          leftSection={<IconShieldCheck size={16} aria-hidden />}
          disabled={changed !== null || isLooking}
          onClick={() => {
            run.reset();
            const asks = removal === null ? words.question : words.removal.question;
            setAsked({ question: { ...asks, text: asks.text(lost), typed: name }, hold });
          }}
        >
          {removal === null ? words.accept : words.removal.accept}
        </Button>
      </Group>
      <Confirm
        question={asked?.question ?? null}
        isWorking={run.isPending}
        error={run.error}
        onConfirm={() => asked !== null && run.mutate(asked.hold)}
        onClose={() => setAsked(null)}
      />
    </>
  );
}

function isChange(error: Error | null): error is ProblemError {
  return error instanceof ProblemError && error.code === 'changed_since';
}
