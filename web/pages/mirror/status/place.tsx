import { Anchor, Stack } from '@mantine/core';
import { mirrorStream } from '../../../../model/mirror/ids.ts';
import { hostPages } from '../../../../model/streams/host-pages.ts';
import { useSession } from '../../../api/session.ts';
import type { Mirror } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { texts } from '../../../texts/index.ts';

const { mirror: words, stream } = texts;

/** Where a mirror's commits go, and the pages of others about it: its host's, and its workflow's for operators. */
export function Place({ mirror }: { mirror: Mirror }) {
  const { workflowsUrl } = useSession();
  const { url, branch, subdirectory } = mirror.repository;
  const links = [
    [words.atHost, hostPages(url)?.repository],
    [words.workflow, workflowsUrl && `${workflowsUrl}/${encodeURIComponent(mirrorStream(mirror))}`],
  ] as const;
  return (
    <Card title={words.place}>
      <Facts
        facts={[
          [stream.repository, url],
          [stream.branch, branch],
          [stream.folder, subdirectory === '' ? stream.wholeRepository : subdirectory],
        ]}
      />
      <Stack gap={4} mt="sm">
        {links.map(
          ([name, href]) =>
            href && (
              <Anchor key={name} href={href} target="_blank" rel="noreferrer" size="sm">
                {name}
              </Anchor>
            ),
        )}
      </Stack>
    </Card>
  );
}
