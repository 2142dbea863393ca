import { Alert, List, Text } from '@mantine/core';
import { texts } from '../../texts/index.ts';
import type { Given } from './read-given.ts';
import type { LeftOut } from './sort-files.ts';

const { imports: words } = texts;
/** So many are named. */
const mostNamed = 20;

/** Which files are left out, and why. */
export function LeftOutList({ left }: { left: readonly LeftOut[] }) {
  // What is hidden is not meant: it comes last, and does not push the others out.
  const shown = left
    .toSorted((one, other) => Number(one.why === 'hidden') - Number(other.why === 'hidden'))
    .slice(0, mostNamed);
  if (left.length === 0) return null;
  return (
    <Alert color="yellow" title={words.left(left.length)}>
      <List size="sm">
        {shown.map(({ path, why }) => (
          <List.Item key={path}>{`${path}: ${words.why[why]}`}</List.Item>
        ))}
      </List>
      {left.length > shown.length && (
        <Text size="sm" mt="xs">
          {words.leftMore(left.length - shown.length)}
        </Text>
      )}
    </Alert>
  );
}

/** Why nothing of what was given can be imported, and what to do. */
export function NotGiven({ given }: { given: Extract<Given, { form: 'refused' | 'unreadable' }> }) {
  const { refused, refusedHint } = words;
  if (given.form === 'refused')
    return (
      <>
        <Alert color="red" title={refused[given.why]} role="alert">
          {refusedHint[given.why]}
        </Alert>
        <LeftOutList left={given.left} />
      </>
    );
  const { name, why } = given;
  return why === 'notUtf8' ? (
    <Alert color="red" title={refused.notUtf8(name)} role="alert">
      {refusedHint.notUtf8}
    </Alert>
  ) : (
    <Alert color="red" title={refused.unreadable(name)} role="alert">
      {refusedHint.unreadable(why.said)}
    </Alert>
  );
}
