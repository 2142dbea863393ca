import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Space } from '../../api/types.ts';
import { texts } from '../../texts/index.ts';
import { Time } from '../time.tsx';

const { outage: words } = texts.stream;

/**
 * What has failed since when, why, and what happens next. `explained` says it in plain words; what the last attempt
 * reported is then a detail.
 */
export function OutageAlert({
  outage: { since, attempts, nextAttemptAt, notifiedAt, reason },
  explained = null,
}: {
  outage: NonNullable<Space['outage']>;
  explained?: string | null;
}) {
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title={explained ?? reason.message}
    >
      {explained !== null && (
        <Text size="sm" mb={4}>
          {`${words.reported}: ${reason.message}`}
        </Text>
      )}
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
