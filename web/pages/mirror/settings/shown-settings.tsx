import type { Mirror } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { repositoryFacts } from '../../../parts/streams/repository-facts.tsx';
import { useTold } from '../../../parts/streams/use-told.ts';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';

const words = texts.mirror;

/** What a mirror writes, and where. */
export function ShownSettings({ mirror }: { mirror: Mirror }) {
  const told = useTold();
  const { jobs, developmentBranches, notify } = mirror;
  return (
    <Card title={texts.stream.settings}>
      <Facts
        facts={[
          ...repositoryFacts(mirror.repository, mirror.repository.subdirectory, mirror.visibility),
          [words.secrets, words.secretKinds[mirror.secrets]],
          [words.samples, mirror.samples.reason],
          [
            words.jobs,
            jobs.enabled
              ? `${words.jobsKept(jobs.retainDays)}, ${words.include[jobs.include]}`
              : words.jobsOff,
          ],
          [words.linked, developmentBranches.link.join(', ')],
          [texts.stream.notify, told(notify)],
          [texts.stream.created, <Time key="created" at={mirror.createdAt} />],
        ]}
      />
    </Card>
  );
}
