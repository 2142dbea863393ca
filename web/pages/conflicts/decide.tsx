import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ProblemError } from '../../api/problem-error.ts';
import { Card } from '../../parts/card.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { asParts, missing, type Choices, type Part } from './choices.ts';
import type { Conflict } from './conflict-queries.ts';
import { PartChoice } from './part-choice.tsx';
import { useSettle } from './use-settle.tsx';
import { WholeFile } from './whole-file.tsx';

const { conflicts: words } = texts;

/** Both sides of a conflict, part by part, and what one can choose. */
export function Decide({
  space,
  conflict,
  by,
  mayDecide,
  isMine,
  isOpen,
}: {
  space: string;
  conflict: Conflict;
  by: { git: ReactNode; mine: ReactNode };
  mayDecide: boolean;
  /** Whether the caller made the save. */
  isMine: boolean;
  isOpen: boolean;
}) {
  // Fields are the shorter decisions.
  const parts = conflict.parts.toSorted((one, other) => rank(one) - rank(other));
  const [isDeciding, decide] = useState(isOpen);
  const [choices, setChoices] = useState<Choices>({});
  const { mutate, isPending, error } = useSettle(space, conflict);
  const may = mayDecide && isDeciding;
  const left = missing(parts, choices);
  return (
    <Stack>
      {parts.map((part) => (
        <PartChoice
          key={part.id}
          part={part}
          number={numberOf(part, parts)}
          by={by}
          choice={choices[part.id]}
          onChoose={may ? (choice) => setChoices({ ...choices, [part.id]: choice }) : null}
        />
      ))}
      {error !== null &&
        (isMoved(error) ? (
          <Alert color="yellow" title={words.movedTitle}>
            {words.moved}
          </Alert>
        ) : (
          <ProblemAlert error={error} />
        ))}
      {mayDecide && !isDeciding && (
        <Group>
          <Button variant="default" onClick={() => decide(true)}>
            {words.decideAgain}
          </Button>
        </Group>
      )}
      {may && (
        <>
          {parts.length > 0 && (
            <Group>
              <Button
                disabled={left > 0}
                loading={isPending}
                onClick={() => mutate({ parts: asParts(parts, choices) })}
              >
                {words.save}
              </Button>
              {left > 0 && (
                <Text size="sm" c="dimmed">
                  {words.chooseAll(left)}
                </Text>
              )}
            </Group>
          )}
          <Card title={words.everything}>
            <Group>
              <Button variant="default" loading={isPending} onClick={() => mutate({ take: 'git' })}>
                {words.takeGit}
              </Button>
              <Button
                variant="default"
                loading={isPending}
                onClick={() => mutate({ take: 'mine' })}
              >
                {isMine ? words.keepMine : words.keepSaved}
              </Button>
            </Group>
          </Card>
          <WholeFile
            start={conflict.texts.git ?? conflict.texts.mine ?? ''}
            isSaving={isPending}
            onSave={(text) => mutate({ text })}
          />
        </>
      )}
    </Stack>
  );
}

function rank({ what }: Part): number {
  return what === 'field' ? 0 : 1;
}

function isMoved(error: Error): boolean {
  return error instanceof ProblemError && error.code === 'conflict_moved';
}

/** Which paragraph a part is, if there are several. */
function numberOf(part: Part, parts: readonly Part[]): number | null {
  const same = parts.filter(({ what }) => what === part.what);
  return part.what === 'field' || same.length === 1 ? null : same.indexOf(part) + 1;
}
