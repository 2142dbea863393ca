import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCaller } from '../../../api/session.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import type { EntryPath } from '../history/history-queries.ts';
import { judge, runQuery, runsQuery, type Result } from './check-queries.ts';

const { checks: words } = texts;

/** Lets a person say whether an answer is as its example expects; saying it again replaces what was said. */
export function Judge({
  path,
  run,
  result: { example, name },
}: {
  path: EntryPath;
  run: string;
  result: Result;
}) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const say = useMutation({
    mutationFn: (passed: boolean) => judge(path, run, { example, passed, note }),
    onSuccess: (now) => {
      client.setQueryData(runQuery(path, run).queryKey, now);
      void client.invalidateQueries(runsQuery(path));
      setNote('');
    },
  });
  if (useCaller().kind === 'machine') return <Text size="sm">{words.onlyPeople}</Text>;
  const busy = (passed: boolean) => say.isPending && say.variables === passed;
  return (
    <Stack gap="xs" role="group" aria-label={words.judgeOf(name)}>
      <Group gap="xs" align="end">
        <TextInput
          label={words.judge}
          placeholder={words.judgeNote}
          flex="1 1 16rem"
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button
          variant="light"
          color="teal"
          leftSection={<IconCheck size={16} aria-hidden />}
          loading={busy(true)}
          onClick={() => say.mutate(true)}
        >
          {words.judgePassed}
        </Button>
        <Button
          variant="light"
          color="red"
          leftSection={<IconX size={16} aria-hidden />}
          loading={busy(false)}
          onClick={() => say.mutate(false)}
        >
          {words.judgeFailed}
        </Button>
      </Group>
      {say.error && <ProblemAlert error={say.error} />}
    </Stack>
  );
}
