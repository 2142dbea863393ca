import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCaller } from '../../api/session.ts';
import { entryPath, nameOfFile, spacePath } from '../../parts/knowledge/paths.ts';
import { useRights } from '../../parts/knowledge/rights.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { PageProblem } from '../../parts/page-problem.tsx';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import { conflictQuery, type Conflict } from './conflict-queries.ts';
import { Decide } from './decide.tsx';
import { Said } from './said.tsx';
import { whatHappened } from './what-happened.ts';

const route = getRouteApi('/signed-in/spaces/$space/conflicts/$conflict');
const { conflicts: words } = texts;

/** A conflict: what happened, both sides of each part, and what to take. */
export function ConflictPage() {
  const { space, conflict: id } = route.useParams();
  const { data: conflict, error, refetch } = useQuery(conflictQuery(space, id));
  if (conflict === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return <ConflictView space={space} conflict={conflict} />;
}

function ConflictView({ space, conflict }: { space: string; conflict: Conflict }) {
  const { entryId, kind, path, git, mine, settled } = conflict;
  const { name } = useCaller();
  const mayDecide = useRights(space).may('editor', kind);
  const isMine = mine.by === name;
  const who = isMine ? words.you : mine.by;
  const by = {
    git: <Said by={git.by ?? words.somebody} at={git.at} />,
    mine: <Said by={who} at={mine.at} />,
  };
  return (
    <>
      <PageHeader
        title={words.conflict(nameOfFile(path))}
        detail={
          <Group gap="md">
            <PageLink to={entryPath(space, entryId)}>{words.openEntry}</PageLink>
            <PageLink to={spacePath(space, 'conflicts')}>{words.allDecisions}</PageLink>
          </Group>
        }
      />
      <Stack>
        <WhatHappened conflict={conflict} who={who} />
        {settled !== null && (
          <Alert color="teal" title={words.settledTitle}>
            {words.settled(settled.by, words.chosen[settled.how])} <Time at={settled.at} />
          </Alert>
        )}
        {!mayDecide && <Text c="dimmed">{words.readOnly}</Text>}
        {/* Choices are about what was seen, so they begin anew when that changes. */}
        <Decide
          key={`${conflict.blob} ${settled?.at}`}
          {...{ space, conflict, by, mayDecide, isMine }}
          isOpen={settled === null}
        />
      </Stack>
    </>
  );
}

function WhatHappened({ conflict, who }: { conflict: Conflict; who: string }) {
  const { cause, parts, git, settled } = conflict;
  if (cause === 'lost') return <Text>{words.lost(who)}</Text>;
  if (parts.length === 0 && settled === null) return <Text>{words.nothingClashes}</Text>;
  const what = whatHappened(conflict, who);
  return (
    <Text component="div">
      {`${what.git} ${words.inGit} ${git.by ?? words.somebody}`}
      {git.at !== null && (
        <>
          {' '}
          <Time at={git.at} />
        </>
      )}
      {`, ${words.while} ${what.mine}.`}
    </Text>
  );
}

function PageLink({ to, children }: { to: string; children: ReactNode }) {
  return <Anchor renderRoot={(props) => <Link to={to} {...props} />}>{children}</Anchor>;
}
