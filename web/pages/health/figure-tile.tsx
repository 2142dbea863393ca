import { Badge, Paper, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { texts } from '../../texts/index.ts';
import classes from './health-page.module.css';
import type { Section } from './health-query.ts';

const words = texts.installationHealth;

/** A figure with what it means, its target, and whether that is met. */
export function FigureTile({ figure }: { figure: Section['figures'][number] }) {
  const { title, text, value, meaning, target, isMet } = figure;
  return (
    <Paper withBorder p="md" component="li" className={classes.tile}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text className={classes.value} {...(value === null && { 'data-empty': true })}>
        {text}
      </Text>
      {target !== null && (
        <div className={classes.target}>
          <Text size="xs">{words.target[target.is](target.text)}</Text>
          {isMet !== null && (
            <Badge
              variant="light"
              color={isMet ? 'teal' : 'red'}
              radius="sm"
              tt="none"
              leftSection={
                isMet ? (
                  <IconCheck size={12} aria-hidden />
                ) : (
                  <IconAlertTriangle size={12} aria-hidden />
                )
              }
            >
              {isMet ? words.met : words.missed}
            </Badge>
          )}
        </div>
      )}
      <Text size="xs" c="dimmed">
        {meaning}
      </Text>
    </Paper>
  );
}
