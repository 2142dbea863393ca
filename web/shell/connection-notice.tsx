import { Alert, Container } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useReachable } from '../api/connection.ts';
import { sessionQuery } from '../api/session.ts';
import { texts } from '../texts/index.ts';

/** A stream that only reconnects is not worth a word: how long it may take, in milliseconds. */
const patience = 2_500;
/** How often Gitward is asked while it does not answer, in milliseconds. */
const askEvery = 3_000;

/** Says that Gitward does not answer, and reads everything again when it does. */
export function ConnectionNotice() {
  const reachable = useReachable();
  const client = useQueryClient();
  const [isLong, setIsLong] = useState(false);

  useEffect(() => {
    if (reachable) return;
    const word = setTimeout(() => setIsLong(true), patience);
    const ask = setInterval(() => void client.refetchQueries(sessionQuery), askEvery);
    return () => {
      clearTimeout(word);
      clearInterval(ask);
      setIsLong(false);
      void client.invalidateQueries();
    };
  }, [reachable, client]);

  return (
    <div aria-live="polite">
      {isLong && (
        <Container size="lg" px={0} mb="md">
          <Alert color="orange" icon={<IconPlugConnectedX aria-hidden />}>
            {texts.shell.unreachable}
          </Alert>
        </Container>
      )}
    </div>
  );
}
