import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { texts } from '../../../texts/index.ts';
import type { ChangedObject, CommitPath } from './commit-queries.ts';
import { objectAddress, runsAddress, titleOf } from './object-address.ts';

/** What an object is called, as a link to its page if it has one. */
export function ObjectLink({ path, object }: { path: CommitPath; object: ChangedObject }) {
  const { project, branch } = path;
  const title = titleOf(object) ?? texts.commit.kinds[object.kind];
  const search = objectAddress(object);
  const runs = runsAddress(object);
  if (search !== null)
    return (
      <Anchor
        inherit
        renderRoot={(props) => (
          <Link
            {...props}
            to="/mirrors/$project/$branch/object"
            params={{ project, branch }}
            search={search}
          />
        )}
      >
        {title}
      </Anchor>
    );
  if (runs !== null)
    return (
      <Anchor
        inherit
        renderRoot={(props) => (
          <Link
            {...props}
            to="/mirrors/$project/$branch/runs"
            params={{ project, branch }}
            search={runs}
          />
        )}
      >
        {title}
      </Anchor>
    );
  return <>{title}</>;
}
