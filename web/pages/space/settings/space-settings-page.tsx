import { Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Space } from '../../../api/types.ts';
import { useMay } from '../../../api/session.ts';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { kindWords } from '../../../parts/knowledge/kind-words.ts';
import { useRights } from '../../../parts/knowledge/rights.ts';
import { spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { repositoryFacts } from '../../../parts/streams/repository-facts.tsx';
import { StateBadge } from '../../../parts/streams/state-badge.tsx';
import { StreamActions } from '../../../parts/streams/stream-actions.tsx';
import { useTold } from '../../../parts/streams/use-told.ts';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { actOnSpace } from '../stream-action.ts';
import { AcceptWaiting } from './accept-waiting.tsx';
import { EndSpace } from './end-space.tsx';
import { KindsList } from './kinds-list.tsx';
import { ProblemsCard } from './problems-card.tsx';
import { RulesCard } from './rules/rules-card.tsx';
import { SpaceEditor } from './space-editor.tsx';
import { WebhookSetup } from './webhook-setup.tsx';

const route = getRouteApi('/signed-in/spaces/$space/settings');
const { spaceSettings: words, stream } = texts;

/** What a space is and where, who must approve, what is wrong in its repository, and its end. */
export function SpaceSettingsPage() {
  const { space: id } = route.useParams();
  const client = useQueryClient();
  const isAdmin = useMay('admin');
  const { may } = useRights(id);
  const { data: space, error, refetch } = useQuery(spaceQuery(id));
  if (space === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        title={words.title}
        badge={<StateBadge state={space.state} />}
        detail={space.name}
        actions={
          may('operator') && (
            <StreamActions
              state={space.state}
              name={space.name}
              act={(action) => actOnSpace(client, id, action)}
              isSecondary
            />
          )
        }
      />
      <Stack>
        <AcceptWaiting space={space} />
        {isAdmin ? <SpaceEditor space={space} /> : <ShownSettings space={space} />}
        {isAdmin && (
          <Card title={words.webhook.title}>
            <WebhookSetup space={space} />
          </Card>
        )}
        <RulesCard space={space} />
        <KindsList space={space} />
        <ProblemsCard space={space} />
        {isAdmin && <EndSpace space={space} />}
      </Stack>
    </>
  );
}

function ShownSettings({ space }: { space: Space }) {
  const told = useTold();
  const { repository, root, visibility, rules, kinds, createdAt } = space;
  const publicKinds = kinds.filter(({ name }) => rules.publicKinds.includes(name));
  return (
    <Card title={words.place}>
      <Facts
        facts={[
          ...repositoryFacts(repository, root, visibility),
          [words.publicKinds, publicKinds.map((kind) => kindWords(kind).many).join(', ')],
          [words.index, rules.index ? words.indexOn : words.indexOff],
          [stream.notify, told(rules.notify)],
          [stream.created, <Time key="created" at={createdAt} />],
        ]}
      />
    </Card>
  );
}
