import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useMay } from '../../../api/session.ts';
import type { Mirror } from '../../../api/types.ts';
import { matchesWildcard } from '../../../../model/text/wildcard.ts';
import { Card } from '../../../parts/card.tsx';
import { PartProblem } from '../../../parts/part-problem.tsx';
import { RowLink, RowList } from '../../../parts/row-list.tsx';
import { StateBadge } from '../../../parts/streams/state-badge.tsx';
import { texts } from '../../../texts/index.ts';
import { branchesQuery, mirrorsQuery, type ListedMirror } from './settings-queries.ts';

const words = texts.settings;

interface Row {
  id: string;
  name: string;
  isDefault: boolean;
  mirror: ListedMirror | null;
}

/** The branches of a project with their mirrors, or why they have none; also those that are gone but had one. */
export function BranchesCard({ main }: { main: Mirror }) {
  const mayEnable = useMay('admin');
  const { data: branches } = useQuery(branchesQuery(main.projectId));
  const { data: mirrors, error, refetch } = useQuery(mirrorsQuery(main.projectId));
  const own = branches?.items.find(({ id }) => id === main.branchId);
  // That the branches cannot be read is said above.
  if (branches === undefined || own?.isDefault !== true) return null;
  if (mirrors === undefined)
    return <PartProblem title={words.allBranches} error={error} onRetry={() => void refetch()} />;
  const of = new Map(mirrors.map((mirror) => [mirror.branchId, mirror]));
  const listed = new Set(branches.items.map(({ id }) => id));
  const rows: Row[] = [
    ...branches.items.map((branch) => ({ ...branch, mirror: of.get(branch.id) ?? null })),
    ...mirrors
      .filter(({ branchId }) => !listed.has(branchId))
      .map((mirror) => ({
        ...{ id: mirror.branchId, name: mirror.branchId, isDefault: false, mirror },
      })),
  ];
  return (
    <Card title={words.allBranches}>
      <RowList
        label={words.allBranches}
        items={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            name: words.branchName,
            cell: (row) => <BranchName {...row} project={main.projectId} />,
          },
          {
            name: words.mirror,
            cell: (row) => (
              <Standing
                row={row}
                patterns={main.developmentBranches.link}
                mayEnable={mayEnable}
                project={main.projectId}
              />
            ),
          },
          { name: words.inGit, cell: ({ mirror }) => mirror?.repository.branch ?? '' },
        ]}
      />
    </Card>
  );
}

function BranchName({ id, name, isDefault, mirror, project }: Row & { project: string }) {
  const text = isDefault ? `${name} (${words.isDefault})` : name;
  if (mirror === null) return <>{text}</>;
  return (
    <RowLink to="/mirrors/$project/$branch" params={{ project, branch: id }}>
      {text}
    </RowLink>
  );
}

/** The state of a branch's mirror, or why it has none. */
function Standing({
  row: { id, name, mirror },
  patterns,
  mayEnable,
  project,
}: {
  row: Row;
  patterns: readonly string[];
  mayEnable: boolean;
  project: string;
}) {
  const { history } = useRouter();
  const { endedBecause = null } = mirror ?? {};
  if (mirror !== null && endedBecause === null) return <StateBadge state={mirror.state} />;
  // The platform has no branch any more that was merged or deleted.
  const isGone = endedBecause === 'merged' || endedBecause === 'deleted';
  const isLinked = patterns.some((pattern) => matchesWildcard(pattern, name));
  const address = `/enable?${new URLSearchParams({ project, branch: id }).toString()}`;
  return (
    <Group gap="sm">
      <Text size="sm">
        {endedBecause !== null
          ? words.ended[endedBecause]
          : isLinked
            ? words.linkedSoon
            : words.noPattern}
      </Text>
      {mayEnable && !isGone && (
        <Button
          component="a"
          href={address}
          size="xs"
          variant="light"
          aria-label={words.enable(name)}
          onClick={(event) => {
            event.preventDefault();
            history.push(address);
          }}
        >
          {words.enableShort}
        </Button>
      )}
    </Group>
  );
}
