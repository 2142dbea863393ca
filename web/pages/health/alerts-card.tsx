import { Alert, Code, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Card } from '../../parts/card.tsx';
import { texts } from '../../texts/index.ts';
import classes from './health-page.module.css';
import type { InstallationHealth } from './health-query.ts';

type OneAlert = InstallationHealth['alerts'][number];

const words = texts.installationHealth;

/** What alerts watch: what is wrong first, with who notices and what to do. */
export function AlertsCard({ alerts }: { alerts: readonly OneAlert[] }) {
  const wrong = alerts.filter(({ isWrong }) => isWrong);
  const fine = alerts.filter(({ isWrong }) => !isWrong);
  return (
    <Card title={words.alerts}>
      <Stack gap="sm">
        <Text fw={500}>{wrong.length === 0 ? words.noneWrong : words.someWrong(wrong.length)}</Text>
        {wrong.map((alert) => (
          <WrongAlert key={alert.name} alert={alert} />
        ))}
        <ul className={classes.fine} aria-label={words.fine}>
          {fine.map(({ name, title, now }) => (
            <li key={name}>
              <IconCircleCheck size={18} aria-hidden className={classes.check} />
              <div>
                <Text size="sm" fw={600}>
                  {title}
                </Text>
                <Text size="sm" c="dimmed">
                  {now}
                </Text>
              </div>
            </li>
          ))}
        </ul>
      </Stack>
    </Card>
  );
}

function WrongAlert({ alert }: { alert: OneAlert }) {
  const isCritical = alert.severity === 'critical';
  const AlertIcon = isCritical ? IconAlertOctagon : IconAlertTriangle;
  return (
    <Alert
      color={isCritical ? 'red' : 'orange'}
      icon={<AlertIcon aria-hidden />}
      title={alert.title}
    >
      <Stack gap="xs">
        <Text size="sm">{alert.now}</Text>
        <Part title={words.who}>
          <Text size="sm">{alert.affects}</Text>
        </Part>
        <Part title={words.toDo}>
          <List size="sm">
            {alert.toDo.map((what) => (
              <List.Item key={what}>{what}</List.Item>
            ))}
          </List>
        </Part>
        <Group gap={6}>
          <Text size="sm">{words.runbook}</Text>
          <Code className={classes.code}>{alert.runbook}</Code>
        </Group>
        <Text size="sm">{words.lasting(alert.minutes)}</Text>
      </Stack>
    </Alert>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <Title order={3} size="h6" mb={2}>
        {title}
      </Title>
      {children}
    </div>
  );
}
