import { Alert, List, Spoiler, Text } from '@mantine/core';
import type { Mirror } from '../../api/types.ts';
import { texts } from '../../texts/index.ts';

const words = texts.mirror;

/** What could not be written as it is, and which secrets were replaced. */
export function Warnings({ mirror: { warnings, replacedSecrets } }: { mirror: Mirror }) {
  if (warnings.length === 0 && replacedSecrets.count === 0) return null;
  return (
    <Alert color="yellow" title={words.warnings}>
      <Spoiler maxHeight={96} showLabel={texts.common.more} hideLabel={texts.common.close}>
        <List size="sm">
          {warnings.map(({ owner, message }, at) => (
            <List.Item key={at}>{`${owner}: ${message}`}</List.Item>
          ))}
        </List>
        {replacedSecrets.count > 0 && (
          <Text size="sm">{words.replaced(replacedSecrets.count)}</Text>
        )}
      </Spoiler>
    </Alert>
  );
}
