import { Modal, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef, type ReactNode } from 'react';
import { texts } from '../texts/index.ts';

/** How long it may take until the focus is back where it was, in milliseconds. */
const giveBackAfter = 100;

/** Where the focus goes when what it was on is gone, such as the row of what was removed. */
function focusPage(): void {
  if (document.activeElement === document.body) document.getElementById('content')?.focus();
}

/**
 * A dialog whose content may change while it is open, as from a thing to the form that changes it. `view` names what it
 * shows; `null`: it is closed. The focus goes in, to what a new view has for it, and back where it was.
 */
export function Dialog({
  view,
  title,
  size = 'md',
  isSticky = false,
  onClose,
  children,
}: {
  view: string | null;
  title: string;
  size?: 'md' | 'lg' | 'xl';
  /** Whether only its own button closes it: it shows what is not shown again. */
  isSticky?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const isPhone = useMediaQuery('(max-width: 36em)');
  const content = useRef<HTMLDivElement>(null);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    const before = shown.current;
    shown.current = view;
    if (before === null || before === view) return undefined;
    if (view === null) {
      const timer = setTimeout(focusPage, giveBackAfter);
      return () => clearTimeout(timer);
    }
    const first = content.current?.querySelector<HTMLElement>(
      '[data-autofocus], input:not([type="hidden"]), textarea',
    );
    (first ?? content.current)?.focus();
    return undefined;
  }, [view]);
  return (
    <Modal
      opened={view !== null}
      onClose={onClose}
      title={
        <Text span fw={650} size="lg">
          {title}
        </Text>
      }
      size={size}
      centered
      fullScreen={isPhone}
      // What was typed is not lost by a click beside it.
      closeOnClickOutside={false}
      closeOnEscape={!isSticky}
      withCloseButton={!isSticky}
      closeButtonProps={{ 'aria-label': texts.common.close }}
      transitionProps={{ duration: 120, exitDuration: 0 }}
    >
      <div key={view} ref={content} tabIndex={-1} style={{ outline: 'none' }}>
        {children}
      </div>
    </Modal>
  );
}
