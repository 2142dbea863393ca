import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Card } from '../../../parts/card.tsx';
import { RowList } from '../../../parts/row-list.tsx';
import { texts } from '../../../texts/index.ts';
import type { Environment } from '../../environments/environment-queries.ts';
import { shortCommit } from '../../environments/points-at.ts';
import type { EntryPath } from '../history/history-queries.ts';
import { scoresQuery } from './score-queries.ts';
import { scoresOfArm, scoreWords, sharesOf } from './scores.ts';

const { prompts: words } = texts;
const percent = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

type Arm = Environment['experiments'][string]['arms'][number];

/** The experiments in which versions of a prompt are compared, each version with its share and its scores; nothing if there are none. */
export function Experiments({
  path,
  environments,
}: {
  path: EntryPath;
  environments: readonly Environment[];
}) {
  const { data: scores } = useQuery(scoresQuery(path));
  const found = environments.flatMap(({ name, experiments }) => {
    const experiment = Object.hasOwn(experiments, path.entry) ? experiments[path.entry] : undefined;
    return experiment === undefined ? [] : [{ name, arms: experiment.arms }];
  });
  if (found.length === 0) return null;
  return (
    <Card title={words.experiments}>
      <Stack>
        <Text size="sm" c="dimmed">
          {words.experimentHint}
        </Text>
        {found.map(({ name, arms }) => {
          const shares = sharesOf(arms);
          return (
            <div key={name}>
              <Text size="sm" fw={600}>
                {name}
              </Text>
              <RowList
                label={name}
                items={arms.map((arm, at) => ({ ...arm, share: shares[at] ?? 0 }))}
                keyOf={(arm) => arm.name}
                columns={[
                  { name: words.arm, cell: (arm) => arm.name },
                  { name: words.share, cell: ({ share }) => `${percent.format(share)} %` },
                  { name: words.gives, cell: armGives },
                  {
                    name: words.armScores,
                    cell: (arm) => {
                      const own = scoresOfArm(scores?.items ?? [], name, arm.name);
                      const said = own.map(
                        (one) => `${one.name}: ${scoreWords(one)} (${one.count})`,
                      );
                      return said.join('; ') || words.noScores;
                    },
                  },
                ]}
              />
            </div>
          );
        })}
      </Stack>
    </Card>
  );
}

function armGives({ commit, variant }: Arm): string {
  const said = [
    ...(commit === null ? [] : [words.armCommit(shortCommit(commit))]),
    ...(variant === null ? [] : [words.armVariant(variant)]),
  ];
  return said.join(', ') || words.asOtherwise;
}
