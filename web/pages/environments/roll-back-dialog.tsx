import { Skeleton, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../parts/dialog.tsx';
import { DialogForm } from '../../parts/dialog-form.tsx';
import { Facts } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { ComparedEntry } from './compared-entry.tsx';
import { earlierQuery, rollBack, type Earlier } from './environment-queries.ts';
import { Beforehand, MoveMessage, useReadAgain } from './move-parts.tsx';
import { pointsAt } from './points-at.ts';
import type { MoveProps } from './promote-dialog.tsx';

const { environments: words, common } = texts;

/** Moves an environment, or one entry in it, back to where it pointed before; what that is is shown first. */
export function RollBackDialog({ isOpen, ...props }: MoveProps) {
  return (
    <Dialog
      view={isOpen ? 'roll back' : null}
      title={words.rollBackTitle(props.environment.name)}
      size={props.entry === null ? 'lg' : 'xl'}
      onClose={props.onClose}
    >
      {isOpen && <RollBackForm {...props} />}
    </Dialog>
  );
}

function RollBackForm({ space, environment, entry, onClose, onMoved }: Omit<MoveProps, 'isOpen'>) {
  const { name } = environment;
  const [message, setMessage] = useState('');
  const earlier = useQuery(earlierQuery(space, name, entry));
  const readAgain = useReadAgain(space);
  const doIt = useMutation({
    mutationFn: () => rollBack(space, { environment, entry, message }),
    onSuccess: (moved) => {
      onMoved(moved);
      onClose();
    },
    onSettled: readAgain,
  });
  return (
    <DialogForm
      action={environment.protected ? words.sendForReview : words.rollBackDo}
      isWorking={doIt.isPending}
      isDisabled={earlier.data == null}
      error={doIt.error}
      onSubmit={() => doIt.mutate()}
      onCancel={onClose}
    >
      {earlier.error !== null ? (
        <ProblemAlert error={earlier.error} onRetry={() => void earlier.refetch()} />
      ) : earlier.data === undefined ? (
        <Skeleton h={80} aria-busy aria-label={common.loading} />
      ) : earlier.data === null ? (
        <Text size="sm">{words.nothingBefore}</Text>
      ) : (
        <>
          <Text size="sm">
            {`${entry === null ? words.rollBackWhole : words.rollBackEntry} ${words.rollBackAgain}`}
          </Text>
          {/* What was there needs no checks. */}
          <Beforehand
            {...{ space, entry }}
            environment={{ ...environment, requireChecks: false }}
          />
          {entry === null ? (
            <Facts
              facts={[
                [words.isNow, pointsAt(environment)],
                [words.goesTo, pointsAt(earlier.data)],
              ]}
            />
          ) : (
            <EntryBefore {...{ space, name, entry }} earlier={earlier.data} />
          )}
          <MoveMessage message={message} onChange={setMessage} />
        </>
      )}
    </DialogForm>
  );
}

function EntryBefore({
  space,
  name,
  entry,
  earlier: { commit },
}: {
  space: string;
  name: string;
  entry: string;
  earlier: Earlier;
}) {
  if (commit === null) return <Text size="sm">{words.rollBackOtherwise}</Text>;
  return (
    <section aria-label={words.changes}>
      <ComparedEntry path={{ space, entry }} from={name} to={commit} />
    </section>
  );
}
