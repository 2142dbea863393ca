import { Alert, Button, Group, Text } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import { StaleNotice } from '../stale-notice.tsx';
import type { Lineage } from './lineage-query.ts';
import { cutAdvice } from './lineage-steps.ts';

const words = texts.lineage;

/** What one has to know about an answer: that it may be old, or that it is not all. */
export function LineageNotices({
  lineage,
  depth,
  onDeeper,
}: {
  lineage: Lineage;
  depth: number;
  onDeeper: () => void;
}) {
  const advice = cutAdvice(lineage, depth);
  return (
    <>
      <StaleNotice stale={lineage.stale} />
      {advice !== null && (
        <Alert color="gray" py="xs">
          <Group justify="space-between" gap="xs">
            <Text size="sm">{advice === 'deeper' ? words.cutDeeper : words.cutElsewhere}</Text>
            {advice === 'deeper' && (
              <Button size="xs" variant="default" onClick={onDeeper}>
                {words.goDeeper}
              </Button>
            )}
          </Group>
        </Alert>
      )}
    </>
  );
}
