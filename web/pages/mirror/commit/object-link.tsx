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
  const params = { project, branch };
  const target =
    search !== null
      ? ({ to: '/mirrors/$project/$branch/object', params, search } as const)
      : runs !== null && ({ to: '/mirrors/$project/$branch/runs', params, search: runs } as const);
  if (target === false) return <>{title}</>;
  return (
    <Anchor inherit renderRoot={(props) => <Link {...props} {...target} />}>
      {title}
    </Anchor>
  );
}
