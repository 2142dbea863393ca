import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { texts } from '../texts/index.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** A form with its buttons. When it is refused, the first field that is wrong gets the focus. */
export function DialogForm({
  action,
  isWorking,
  isDisabled = false,
  error,
  onSubmit,
  onCancel,
  cancel = texts.common.cancel,
  children,
}: {
  /** What the button says. */
  action: string;
  isWorking: boolean;
  /** Whether there is nothing to do yet. */
  isDisabled?: boolean;
  error: Error | null;
  onSubmit: () => void;
  onCancel: () => void;
  /** What the button that leaves says. */
  cancel?: string;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error === null || form.current === null) return;
    const wrong = '[aria-invalid="true"], [data-error] input';
    const found = form.current.querySelector<HTMLElement>(wrong);
    // While it was sent, the button could not keep the focus.
    (found ?? form.current.querySelector<HTMLElement>('[type="submit"]'))?.focus();
  }, [error]);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWorking && !isDisabled) onSubmit();
      }}
    >
      <Stack>
        {children}
        {error && <ProblemAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {cancel}
          </Button>
          <Button type="submit" loading={isWorking} disabled={isDisabled}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
