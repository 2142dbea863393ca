import { Button, List, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { ProblemError } from '../../api/problem-error.ts';
import type { Answer } from '../../api/types.ts';
import { Card } from '../../parts/card.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import { verificationQuery, type MirrorPath } from './mirror-queries.ts';

const words = texts.mirror;

type VerificationView = Answer<'/v1/projects/{project}/mirrors/{branch}/verification'>;

/** What a comparison found, as a sentence. */
function verdictOf({ outcome, failure, files, differenceCount }: VerificationView): string {
  switch (outcome) {
    case 'identical':
      return words.equal(files);
    case 'different':
      return words.differs(differenceCount);
    case 'unsettled':
      return words.unsettled;
    case 'failed':
      return `${words.noVerdict}: ${failure?.message ?? ''}`;
  }
}

/** While one was asked for, how often it is looked at, in milliseconds. */
const lookEvery = 3_000;

/** Whether Git equals the source, as last compared. */
export function Verification({ path, mayAsk }: { path: MirrorPath; mayAsk: boolean }) {
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/projects/{project}/mirrors/{branch}/actions/verify', { params: { path } }),
      ),
    onSuccess: () => {
      notifications.show({ message: words.verifyAsked });
      void client.invalidateQueries(verificationQuery(path));
    },
  });
  const askedAt = ask.data?.askedAt ?? null;
  const { data, error } = useQuery({
    ...verificationQuery(path),
    refetchInterval: ({ state }) =>
      askedAt !== null && (state.data?.checkedAt ?? '') < askedAt ? lookEvery : false,
  });
  const isNever = error instanceof ProblemError && error.status === 404;
  return (
    <Card
      title={words.verification}
      aside={
        mayAsk && (
          <Button
            size="xs"
            variant="default"
            loading={ask.isPending || (askedAt !== null && (data?.checkedAt ?? '') < askedAt)}
            onClick={() => ask.mutate()}
          >
            {words.verify}
          </Button>
        )
      }
    >
      {isNever && (
        <Text size="sm" c="dimmed">
          {words.never}
        </Text>
      )}
      {error && !isNever && <ProblemAlert error={error} />}
      {ask.error && <ProblemAlert error={ask.error} />}
      {data && (
        <>
          <Text size="sm">{verdictOf(data)}</Text>
          <List size="sm">
            {data.differences.slice(0, 20).map(({ path: file, kind }) => (
              <List.Item key={file}>{`${file}: ${words.differences[kind]}`}</List.Item>
            ))}
          </List>
          <Text size="xs" c="dimmed" component="div">
            <Time at={data.checkedAt} />
          </Text>
        </>
      )}
    </Card>
  );
}
