import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { entryPath } from '../../../parts/knowledge/paths.ts';
import { texts } from '../../../texts/index.ts';

const { templates: words } = texts;

/** An entry that is in a text. */
interface Source {
  space: string;
  id: string;
}

/** The other entries that a text was made of; nothing if there are none. */
export function MadeOf({ sources }: { sources: readonly Source[] }) {
  if (sources.length === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {`${words.madeOf}: `}
      {sources.map(({ space, id }, at) => (
        <Fragment key={`${space}/${id}`}>
          {at > 0 && ', '}
          <Anchor
            inherit
            underline="always"
            renderRoot={(root) => <Link {...root} to={entryPath(space, id)} />}
          >
            {id}
          </Anchor>
        </Fragment>
      ))}
    </Text>
  );
}
