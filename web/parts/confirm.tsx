import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { texts } from '../texts/index.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** What is asked before something that cannot be undone. */
export interface Question {
  title: string;
  /** What will happen. */
  text: ReactNode;
  /** What the button says. */
  action: string;
  /** What has to be typed; left out, a click is enough. */
  typed?: string;
}

/** Asks before something that has no undo. While `question` is `null`, nothing is asked. */
export function Confirm({
  question,
  isWorking,
  error,
  onConfirm,
  onClose,
}: {
  question: Question | null;
  isWorking: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}) {
  return (
    <Modal
      opened={question !== null}
      onClose={onClose}
      title={question?.title}
      centered
      closeButtonProps={{ 'aria-label': texts.common.close }}
    >
      {question !== null && (
        <ConfirmForm key={question.title} {...{ question, isWorking, error, onConfirm, onClose }} />
      )}
    </Modal>
  );
}

/** The question itself, for a dialog that shows other things, too. */
export function ConfirmForm({
  question: { text, action, typed },
  isWorking,
  error,
  onConfirm,
  onClose,
}: {
  question: Omit<Question, 'title'>;
  isWorking: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const [answer, setAnswer] = useState('');
  const isSure = typed === undefined || answer.trim() === typed;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isSure) onConfirm();
      }}
    >
      <Stack>
        <Text component="div">{text}</Text>
        {typed !== undefined && (
          <TextInput
            label={texts.common.typeToConfirm(typed)}
            value={answer}
            onChange={(event) => setAnswer(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        {error && <ProblemAlert error={error} />}
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={onClose}
            {...(typed === undefined && { 'data-autofocus': true })}
          >
            {texts.common.cancel}
          </Button>
          <Button type="submit" color="red" loading={isWorking} disabled={!isSure}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
