import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Space } from '../../api/types.ts';
import { texts } from '../../texts/index.ts';
import { Time } from '../time.tsx';

const { outage: words } = texts.stream;

/** What has failed since when, why, and what happens next. */
export function OutageAlert({
  outage: { since, attempts, nextAttemptAt, notifiedAt, reason },
}: {
  outage: NonNullable<Space['outage']>;
}) {
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={reason.message}>
      <Text size="sm" component="div">
        {words.since} <Time at={since} />
        {` · ${words.attempts(attempts)}`}
        {nextAttemptAt !== null && (
          <>
            {` · ${words.next} `}
            <Time at={nextAttemptAt} />
          </>
        )}
        {` · `}
        {notifiedAt === null ? (
          words.notNotified
        ) : (
          <>
            {words.notified} <Time at={notifiedAt} />
          </>
        )}
      </Text>
    </Alert>
  );
}
