import { Button, Text } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { texts } from '../texts/index.ts';
import { EmptyState } from './empty-state.tsx';

/** For addresses that lead nowhere, or to what the caller may not see. */
export function NotFoundPage() {
  return (
    <EmptyState
      icon={<IconCompass size={40} aria-hidden />}
      title={texts.common.notFoundTitle}
      order={1}
    >
      <Text c="dimmed">{texts.common.notFound}</Text>
      <Button component={Link} to="/" variant="light">
        {texts.common.toOverview}
      </Button>
    </EmptyState>
  );
}
