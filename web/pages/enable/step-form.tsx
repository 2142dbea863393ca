import { Button, Group, Stack, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { fieldError } from '../../parts/field-error.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';

/**
 * One step: its heading, which gets the focus when the step is shown, its fields, and its buttons. When it is refused, the
 * first field that is wrong gets the focus.
 */
export function StepForm({
  title,
  action,
  isWorking,
  isBlocked = false,
  error,
  fields = [],
  onSubmit,
  onBack,
  aside,
  children,
}: {
  title: string;
  /** What the main button says. */
  action: string;
  isWorking: boolean;
  /** Whether there is nothing to do with the main button yet. */
  isBlocked?: boolean;
  error: Error | null;
  /** The pointers of its fields, beside which their errors are said. */
  fields?: string[];
  onSubmit: () => void;
  onBack?: () => void;
  /** Another button beside the main one. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (error === null || form.current === null) return;
    const found = form.current.querySelector<HTMLElement>(
      '[aria-invalid="true"], [data-error] input',
    );
    (found ?? form.current.querySelector<HTMLElement>('[type="submit"]'))?.focus();
  }, [error]);
  const isSaid = fields.some((pointer) => fieldError(error, pointer) !== undefined);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWorking && !isBlocked) onSubmit();
      }}
    >
      <Stack maw="44rem">
        <Title order={2} size="h3" ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {children}
        {error && !isSaid && <ProblemAlert error={error} />}
        <Group justify="space-between">
          {onBack ? (
            <Button variant="default" onClick={onBack}>
              {texts.enable.back}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            {aside}
            <Button type="submit" loading={isWorking} disabled={isBlocked}>
              {action}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
