import { Container } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ProblemAlert } from './problem-alert.tsx';

/** What is shown instead of a page that cannot be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Container size="sm" py="xl">
      <ProblemAlert
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={retry}
      />
    </Container>
  );
}
