import { Code, Text } from '@mantine/core';
import { Facts } from '../../../parts/facts.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import type { Hold } from './hold-queries.ts';

const words = texts.hold;

/** Where the branch is, and whether it still has our last commit. */
export function HoldTips({ hold: { tip, lastCommit } }: { hold: Hold }) {
  return (
    <Facts
      facts={[
        [words.tip, tip === null ? words.noBranch : <Code>{tip.sha.slice(0, 8)}</Code>],
        [
          words.last,
          lastCommit === null ? (
            words.noLast
          ) : (
            <>
              <Code>{lastCommit.sha.slice(0, 8)}</Code> <Time at={lastCommit.committedAt} />
              {', '}
              <Text span inherit fw={600}>
                {lastCommit.isReachable ? words.kept : words.lost}
              </Text>
            </>
          ),
        ],
      ]}
    />
  );
}
