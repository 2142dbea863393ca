import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { Confirm, type Question } from '../../../parts/confirm.tsx';
import { texts } from '../../../texts/index.ts';
import { mirrorQuery, type MirrorPath } from '../mirror-queries.ts';

const words = texts.mirror;

/** Ends a mirror, once its project's name was typed. */
export function EndMirror({ path, name }: { path: MirrorPath; name: string }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () =>
      dataOf(api.DELETE('/v1/projects/{project}/mirrors/{branch}', { params: { path } })),
    onSuccess: (now) => {
      client.setQueryData(mirrorQuery(path).queryKey, now);
      setQuestion(null);
      notifications.show({ message: words.endedDone });
    },
  });
  return (
    <Group justify="flex-end">
      <Button
        variant="subtle"
        color="red"
        onClick={() => setQuestion({ ...words.endQuestion, typed: name })}
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
