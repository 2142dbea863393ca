import { Button, type ButtonProps } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { texts } from '../../texts/index.ts';

/** Leads to the page on which a mirror is enabled. */
export function EnableButton(props: ButtonProps) {
  return (
    <Button
      {...props}
      leftSection={<IconPlus size={16} aria-hidden />}
      renderRoot={(root) => <Link {...root} to="/enable" />}
    >
      {texts.home.enable}
    </Button>
  );
}

/** Leads to the page on which a knowledge space is added. */
export function AddSpaceButton(props: ButtonProps) {
  return (
    <Button
      {...props}
      variant="default"
      leftSection={<IconPlus size={16} aria-hidden />}
      renderRoot={(root) => <Link {...root} to="/new-space" />}
    >
      {texts.newSpace.button}
    </Button>
  );
}
