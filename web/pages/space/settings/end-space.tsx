import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import type { Space } from '../../../api/types.ts';
import { Confirm, type Question } from '../../../parts/confirm.tsx';
import { texts } from '../../../texts/index.ts';

const { spaceSettings: words } = texts;

/** Ends a space, once its name was typed. Refused while saves wait. */
export function EndSpace({ space: { id, name } }: { space: Space }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const end = useMutation({
    mutationFn: () => api.DELETE('/v1/spaces/{space}', { params: { path: { space: id } } }),
    onSuccess: async () => {
      setQuestion(null);
      notifications.show({ message: words.ended(name) });
      await navigate({ to: '/' });
      client.removeQueries({ queryKey: ['space', id] });
    },
  });
  return (
    <Group justify="flex-end">
      <Button
        variant="subtle"
        color="red"
        onClick={() => {
          end.reset();
          setQuestion({ ...words.endQuestion, typed: name });
        }}
      >
        {words.end}
      </Button>
      <Confirm
        question={question}
        isWorking={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate()}
        onClose={() => setQuestion(null)}
      />
    </Group>
  );
}
