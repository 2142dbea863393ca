import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../../api/session.ts';
import type { Mirror } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { AcceptHold } from './accept-hold.tsx';
import { HoldCommits } from './hold-commits.tsx';
import { HoldFiles } from './hold-files.tsx';
import { HoldRemoval } from './hold-removal.tsx';
import { holdQuery } from './hold-queries.ts';
import { HoldTips } from './hold-tips.tsx';

const words = texts.hold;

/** The reasons for which a person decides; a repository that is too large has nothing to accept. */
const decided = new Set([
  'branch_gone',
  'history_lost',
  'foreign_installation',
  'not_adopted',
  'mass_removal',
]);

/** What a held mirror found in its repository, and the way to accept it. Nothing unless the mirror waits for that. */
export function HoldPanel({
  path,
  mirror: { state, outage, resyncReason },
  name,
}: {
  path: MirrorPath;
  mirror: Mirror;
  name: string;
}) {
  const mayOperate = useMay('operator');
  if (state !== 'held' || outage === null || !decided.has(outage.reason.code)) return null;
  if (resyncReason === 'adopt') return <Said>{words.accepted}</Said>;
  if (!mayOperate) return <Said>{words.decides}</Said>;
  const { since } = outage;
  return <Found path={path} name={name} reason={{ code: outage.reason.code, since }} />;
}

function Said({ children }: { children: string }) {
  return (
    <Card title={words.title}>
      <Text size="sm">{children}</Text>
    </Card>
  );
}

function Found({
  path,
  name,
  reason,
}: {
  path: MirrorPath;
  name: string;
  reason: { code: string; since: string };
}) {
  const { data: hold, error, isFetching, refetch } = useQuery(holdQuery(path, reason));
  const look = () => void refetch();
  return (
    <Card
      title={words.title}
      aside={
        <Button size="xs" variant="default" loading={isFetching} onClick={look}>
          {words.lookAgain}
        </Button>
      }
    >
      {error !== null && <ProblemAlert error={error} onRetry={look} />}
      {hold === undefined && error === null && (
        <Stack aria-busy aria-label={texts.common.loading}>
          <Skeleton h={44} />
          <Skeleton h={120} />
        </Stack>
      )}
      {hold !== undefined && error === null && (
        <Stack gap="lg">
          {hold.removal === null ? (
            <>
              <HoldTips hold={hold} />
              <HoldCommits commits={hold.commits} />
              <HoldFiles files={hold.files} />
            </>
          ) : (
            <HoldRemoval files={hold.files.removes} total={hold.removal.total} />
          )}
          <AcceptHold {...{ path, name, hold }} isLooking={isFetching} onLookAgain={look} />
        </Stack>
      )}
    </Card>
  );
}
