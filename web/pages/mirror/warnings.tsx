import { Alert, List, Spoiler, Text } from '@mantine/core';
import type { Mirror } from '../../api/types.ts';
import { texts } from '../../texts/index.ts';

const words = texts.mirror;

/** What could not be written as it is, which secrets were replaced, and what the host refuses. */
export function Warnings({ mirror: { warnings, replacedSecrets, refused } }: { mirror: Mirror }) {
  if (warnings.length === 0 && replacedSecrets.count === 0 && refused.count === 0) return null;
  return (
    <Alert color="yellow" title={words.warnings}>
      <Spoiler maxHeight={96} showLabel={texts.common.more} hideLabel={texts.common.close}>
        {refused.count > 0 && <Text size="sm">{words.refused(refused.count)}</Text>}
        <List size="sm">
          {refused.files.map(({ path, rule }) => (
            <List.Item key={path}>{`${path}: ${rule}`}</List.Item>
          ))}
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
