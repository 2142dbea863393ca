import { Card } from './card.tsx';
import { ProblemAlert } from './problem-alert.tsx';

/** A part of a page that could not be read; nothing while it is only not read yet. */
export function PartProblem({
  title,
  error,
  onRetry,
}: {
  title: string;
  error: Error | null;
  onRetry: () => void;
}) {
  if (error === null) return null;
  return (
    <Card title={title}>
      <ProblemAlert error={error} onRetry={onRetry} />
    </Card>
  );
}
