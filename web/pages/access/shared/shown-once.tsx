import { Alert, Button, CopyButton, Group, Text, Textarea } from '@mantine/core';
import { IconCheck, IconCopy, IconEyeOff } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { texts } from '../../../texts/index.ts';

const { access, common } = texts;

/** A secret that is shown only now, with a button that copies it. */
export function ShownOnce({
  label,
  value,
  children,
}: {
  label: string;
  value: string;
  /** What is said beside it; by default that it is not shown again. */
  children?: ReactNode;
}) {
  return (
    <Alert color="yellow" icon={<IconEyeOff aria-hidden />} title={access.onceTitle}>
      <Text size="sm" mb="sm" component="div">
        {children ?? access.once}
      </Text>
      <CopyField label={label} value={value} isFirst />
    </Alert>
  );
}

/** A text to be copied, which can also be selected where the browser does not let a page copy. */
export function CopyField({
  label,
  value,
  isFirst = false,
}: {
  label: string;
  value: string;
  /** Whether it gets the focus when it appears. */
  isFirst?: boolean;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const mayCopy = window.isSecureContext;
  return (
    <Group align="flex-end" gap="xs">
      <Textarea
        ref={field}
        label={label}
        value={value}
        readOnly
        autosize
        autoFocus={isFirst}
        data-autofocus={isFirst || undefined}
        flex="1 1 12rem"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onFocus={(event) => event.currentTarget.select()}
        {...(!mayCopy && { description: access.copyByHand })}
      />
      {mayCopy && (
        <CopyButton value={value} timeout={3_000}>
          {({ copied, copy }) => (
            <Button
              variant={copied ? 'light' : isFirst ? 'filled' : 'default'}
              {...(copied && { color: 'teal' })}
              onClick={copy}
              leftSection={
                copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
              }
            >
              <span aria-live="polite">{copied ? common.copied : common.copy}</span>
            </Button>
          )}
        </CopyButton>
      )}
    </Group>
  );
}
