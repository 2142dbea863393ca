import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { Answer, Mirror } from '../../api/types.ts';
import { Card } from '../../parts/card.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import { Difference } from './difference.tsx';
import classes from './difference.module.css';
import { mirrorQuery, verificationQuery, type MirrorPath } from './mirror-queries.ts';

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

/** How many differing paths are listed. */
const mostListed = 20;

/** While one was asked for, how often it is looked at, in milliseconds. */
const lookEvery = 3_000;

/** Whether Git equals the source, as last compared. */
export function Verification({
  path,
  mirror: { verification },
  mayAsk,
}: {
  path: MirrorPath;
  mirror: Mirror;
  mayAsk: boolean;
}) {
  const ask = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/projects/{project}/mirrors/{branch}/actions/verify', { params: { path } }),
      ),
    onSuccess: () => notifications.show({ message: words.verifyAsked }),
  });
  const askedAt = ask.data?.askedAt ?? null;
  const isAsked = askedAt !== null && (verification?.checkedAt ?? '') < askedAt;
  useQuery({ ...mirrorQuery(path), refetchInterval: isAsked ? lookEvery : false });
  const { data, error } = useQuery({
    ...verificationQuery(path, verification?.checkedAt ?? ''),
    enabled: verification !== null,
    placeholderData: keepPreviousData,
  });
  return (
    <Card
      title={words.verification}
      aside={
        mayAsk && (
          <Button
            size="xs"
            variant="default"
            loading={ask.isPending || isAsked}
            onClick={() => ask.mutate()}
          >
            {words.verify}
          </Button>
        )
      }
    >
      {verification === null && (
        <Text size="sm" c="dimmed">
          {words.never}
        </Text>
      )}
      {error && <ProblemAlert error={error} />}
      {ask.error && <ProblemAlert error={ask.error} />}
      {data && (
        <>
          <Text size="sm">{verdictOf(data)}</Text>
          {data.differences.length > 0 && (
            <ul className={classes.list} aria-label={words.differing}>
              {data.differences.slice(0, mostListed).map(({ path: file, kind }) => (
                <Difference
                  key={`${data.checkedAt} ${file}`}
                  {...{ path, file, kind }}
                  checkedAt={data.checkedAt}
                />
              ))}
            </ul>
          )}
          {data.differenceCount > mostListed && (
            <Text size="sm">{words.moreDifferences(data.differenceCount - mostListed)}</Text>
          )}
          <Text size="xs" c="dimmed" component="div">
            <Time at={data.checkedAt} />
          </Text>
        </>
      )}
    </Card>
  );
}
