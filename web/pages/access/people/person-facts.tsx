import { Alert, Anchor, Button, Group, Stack } from '@mantine/core';
import { IconLink, IconPencil, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Facts } from '../../../parts/facts.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { grantsFacts } from '../shared/grants-facts.tsx';
import type { Person } from './people-queries.ts';

const { people: words } = texts;

/** What is known about a person, and what can be done. What one may not do is not offered. */
export function PersonFacts({
  person,
  may,
  error,
  isEnabling,
  onOpen,
  onEnable,
}: {
  person: Person;
  may: { change: boolean; link: boolean; disable: boolean };
  error: Error | null;
  isEnabling: boolean;
  onOpen: (what: 'change' | 'link' | 'disable') => void;
  onEnable: () => void;
}) {
  return (
    <Stack>
      {person.isManaged && (
        <Alert color="blue">
          {words.managedHint}{' '}
          <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/access/sign-in" />}>
            {words.toRules}
          </Anchor>
        </Alert>
      )}
      <Facts
        facts={[
          [words.email, person.email],
          ...grantsFacts(person),
          [words.created, <Time key="created" at={person.createdAt} />],
          [
            words.columns.seen,
            person.lastSeenAt === null ? (
              words.neverSeen
            ) : (
              <Time key="seen" at={person.lastSeenAt} />
            ),
          ],
          [words.disabled, person.disabledAt && <Time key="disabled" at={person.disabledAt} />],
        ]}
      />
      {error && <ProblemAlert error={error} />}
      <Group>
        {may.change && (
          <Button
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => onOpen('change')}
          >
            {words.change}
          </Button>
        )}
        {may.link && (
          <Button
            variant="default"
            leftSection={<IconLink size={16} aria-hidden />}
            onClick={() => onOpen('link')}
          >
            {words.link}
          </Button>
        )}
        {may.disable && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconUserOff size={16} aria-hidden />}
            onClick={() => onOpen('disable')}
          >
            {words.disable}
          </Button>
        )}
        {person.disabledAt !== null && (
          <Button
            variant="default"
            leftSection={<IconUserCheck size={16} aria-hidden />}
            loading={isEnabling}
            onClick={onEnable}
          >
            {words.enable}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
