import { Text } from '@mantine/core';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import type { Environment } from './environment-queries.ts';

/** When an environment was changed last, and by whom; nothing for what is there now. */
export function LastChanged({
  environment: { updatedAt, updatedBy },
}: {
  environment: Pick<Environment, 'updatedAt' | 'updatedBy'>;
}) {
  if (updatedAt === null) return null;
  return (
    <Text size="sm" component="div">
      <Time at={updatedAt} />
      {updatedBy !== null && ` ${texts.environments.by(updatedBy)}`}
    </Text>
  );
}
