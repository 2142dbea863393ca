import { NativeSelect, Skeleton, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../parts/dialog.tsx';
import { DialogForm } from '../../parts/dialog-form.tsx';
import { texts } from '../../texts/index.ts';
import { ComparedEntry } from './compared-entry.tsx';
import {
  entryInQuery,
  environmentsQuery,
  isLatest,
  latest,
  promote,
  type Environment,
  type Moved,
} from './environment-queries.ts';
import { Beforehand, MoveMessage, useReadAgain } from './move-parts.tsx';
import { WholePreview } from './whole-preview.tsx';

const { environments: words, common } = texts;

/** What a dialog moves: an environment, or one entry in it. */
export interface MoveProps {
  space: string;
  environment: Environment;
  /** `null`: all of it. */
  entry: string | null;
  isOpen: boolean;
  onClose: () => void;
  onMoved: (moved: Moved) => void;
}

/** Moves an environment, or one entry in it, to what another one has; what that changes is shown first. */
export function PromoteDialog({ isOpen, ...props }: MoveProps) {
  return (
    <Dialog
      view={isOpen ? 'promote' : null}
      title={words.promoteTitle(props.environment.name)}
      size="xl"
      onClose={props.onClose}
    >
      {isOpen && <PromoteForm {...props} />}
    </Dialog>
  );
}

function PromoteForm({ space, environment, entry, onClose, onMoved }: Omit<MoveProps, 'isOpen'>) {
  const { name } = environment;
  const [from, setFrom] = useState(latest);
  const [message, setMessage] = useState('');
  const { data } = useQuery(environmentsQuery(space));
  const isSame = useIsSame(space, entry, from, name);
  const readAgain = useReadAgain(space);
  const doIt = useMutation({
    mutationFn: () => promote(space, { environment, entry, message }, from),
    onSuccess: (moved) => {
      onMoved(moved);
      onClose();
    },
    onSettled: readAgain,
  });
  return (
    <DialogForm
      action={environment.protected ? words.sendForReview : words.promoteDo(name)}
      isWorking={doIt.isPending}
      isDisabled={isSame !== false}
      error={doIt.error}
      onSubmit={() => doIt.mutate()}
      onCancel={onClose}
    >
      <NativeSelect
        label={words.promoteFrom}
        value={from}
        onChange={({ currentTarget: { value } }) => setFrom(value)}
        data={(data?.items ?? [])
          .filter((one) => one.name !== name)
          .map((one) => ({ value: one.name, label: isLatest(one) ? words.latest : one.name }))}
      />
      <Beforehand {...{ space, environment, entry }} />
      <section aria-label={words.changes}>
        {isSame === true && <Text size="sm">{words.nothingChanges(name)}</Text>}
        {isSame === undefined && <Skeleton h={80} aria-busy aria-label={common.loading} />}
        {isSame === false && entry !== null && (
          <ComparedEntry path={{ space, entry }} from={name} to={from} />
        )}
        {entry === null && <WholePreview {...{ space, from }} to={name} />}
      </section>
      <MoveMessage message={message} onChange={setMessage} />
    </DialogForm>
  );
}

/** Whether an entry is the same in both environments; `undefined` while that is not known, and `false` for all of it. */
function useIsSame(space: string, entry: string | null, from: string, to: string) {
  const isEntry = entry !== null;
  const there = useQuery({ ...entryInQuery(space, entry ?? '', to), enabled: isEntry });
  const here = useQuery({ ...entryInQuery(space, entry ?? '', from), enabled: isEntry });
  if (!isEntry || there.isError || here.isError) return false;
  if (there.data === undefined || here.data === undefined) return undefined;
  return there.data?.blob === here.data?.blob;
}
