import { Text } from '@mantine/core';
import { Card } from '../../../parts/card.tsx';
import type { ObjectSearch } from '../../../parts/streams/object-search-of.ts';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import type { ObjectVersion } from './contents-queries.ts';
import { Differences } from './differences.tsx';

/** Who changed an object last, and what exactly. */
export function LastChange({
  path,
  object,
  version,
  before,
}: {
  path: MirrorPath;
  object: ObjectSearch;
  version: ObjectVersion;
  /** The commit that it is compared with. */
  before: string;
}) {
  const { commit, author, authoredAt, subject } = version;
  return (
    <Card title={texts.contents.lastChange}>
      <Text size="sm" mb="sm" component="div">
        {`${subject} · ${author.name} · `}
        <Time at={authoredAt} />
      </Text>
      <Differences key={commit} {...{ path, object }} from={before} to={commit} />
    </Card>
  );
}
