import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { texts } from '../../texts/index.ts';

const { common } = texts;

/** Copies a text. Nothing where a browser does not let pages do that, which is over plain HTTP. */
export function CopyText({
  text,
  name,
  isDisabled = false,
}: {
  text: string;
  /** What it copies, for those who do not see where it stands. */
  name: string;
  isDisabled?: boolean;
}) {
  if (!window.isSecureContext) return null;
  return (
    <CopyButton value={text} timeout={3_000}>
      {({ copied, copy }) => (
        <Button
          size="xs"
          variant={copied ? 'light' : 'default'}
          {...(copied && { color: 'teal' })}
          aria-label={`${copied ? common.copied : common.copy}: ${name}`}
          disabled={isDisabled}
          onClick={copy}
          leftSection={
            copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
          }
        >
          <span aria-live="polite">{copied ? common.copied : common.copy}</span>
        </Button>
      )}
    </CopyButton>
  );
}
