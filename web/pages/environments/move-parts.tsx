import { Alert, Anchor, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { entryPath, spacePath } from '../../parts/knowledge/paths.ts';
import { spaceLists } from '../../parts/knowledge/space-queries.ts';
import { StatusNote } from '../../parts/knowledge/status-note.tsx';
import { texts } from '../../texts/index.ts';
import type { Environment, Moved } from './environment-queries.ts';

const { environments: words } = texts;

/** What one has to know before an environment is moved: who else decides, and what has to have passed. */
export function Beforehand({
  space,
  environment: { name, protected: isProtected, requireChecks },
  entry,
}: {
  space: string;
  environment: Environment;
  entry: string | null;
}) {
  return (
    <>
      {isProtected && <Alert color="grape">{words.willReview(name)}</Alert>}
      {requireChecks && (
        <Alert color="blue">
          {words.willCheck(name)}
          {entry !== null && (
            <Text size="sm" mt={4}>
              <Anchor
                inherit
                underline="always"
                renderRoot={(root) => (
                  <Link
                    {...root}
                    to={entryPath(space, entry)}
                    search={{ tab: 'checks', env: name, promoted: true } as never}
                  />
                )}
              >
                {words.runChecks}
              </Anchor>
            </Text>
          )}
        </Alert>
      )}
    </>
  );
}

/** Why an environment is moved, which the commit says. */
export function MoveMessage({
  message,
  onChange,
}: {
  message: string;
  onChange: (message: string) => void;
}) {
  return (
    <TextInput
      label={words.message}
      description={words.messageHint}
      maxLength={2_000}
      value={message}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What became of a promotion or a rollback; nothing while there was none. */
export function MovedNote({ space, moved }: { space: string; moved: Moved | null }) {
  return (
    <StatusNote>
      {moved !== null && (
        <Alert color={moved.review === null ? 'teal' : 'grape'}>
          {moved.review === null ? (
            words.moved(moved.environment.name)
          ) : (
            <>
              {`${words.inReview(moved.environment.name, moved.review.number)} `}
              <Anchor
                inherit
                underline="always"
                renderRoot={(root) => (
                  <Link {...root} to={spacePath(space, 'reviews', String(moved.review?.number))} />
                )}
              >
                {words.toReview}
              </Anchor>
            </>
          )}
        </Alert>
      )}
    </StatusNote>
  );
}

/** Reads everything of a space again that a move may have changed, or that another one's has. */
export function useReadAgain(space: string): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: spaceLists(space) });
}
