import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useReachable } from '../api/connection.ts';
import { ProblemError } from '../api/problem-error.ts';
import { texts } from '../texts/index.ts';

/** What went wrong, what to do, and how to find the request in Gitward's logs. */
export function ProblemAlert({
  error,
  title = texts.common.failedTitle,
  action = texts.common.tryAgain,
  onRetry,
}: {
  error: Error;
  title?: string;
  /** What `onRetry` does. */
  action?: string;
  onRetry?: () => void;
}) {
  const problem = error instanceof ProblemError ? error : null;
  const isReachable = useReachable();
  // It is said above already, and what is missing is read again with everything else.
  if (problem?.status === 0 && onRetry !== undefined && !isReachable)
    return (
      <Text size="sm" c="dimmed">
        {texts.common.whenReachable}
      </Text>
    );
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={title} role="alert">
      <Text size="sm">{error.message}</Text>
      {problem !== null && problem.errors.length > 0 && (
        <List size="sm" mt="xs">
          {problem.errors.map(({ pointer, message }) => (
            <List.Item key={pointer}>{`${pointer.replace(/^\//, '')} ${message}`}</List.Item>
          ))}
        </List>
      )}
      <Group mt="xs" gap="md">
        {onRetry && (
          <Button size="xs" variant="light" color="red" onClick={onRetry}>
            {action}
          </Button>
        )}
        {problem?.requestId != null && (
          <Text size="xs" c="dimmed">
            {texts.common.requestId(problem.requestId)}
          </Text>
        )}
      </Group>
    </Alert>
  );
}
