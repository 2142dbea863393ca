import { Type, type Static } from '@fastify/type-provider-typebox';
import { Nullable, OneOf } from '../http/schema-parts.ts';
import { LastCommitView, OutageView, StateView } from '../streams/stream-schema.ts';

/** A mirror or a space in the list of everything. */
export const StreamItem = Type.Object({
  product: OneOf('mirror', 'space'),
  id: Type.String({ description: '`mirror/<project>/<branch>` or `space/<space>`.' }),
  projectId: Nullable(Type.String()),
  branchId: Nullable(Type.String()),
  spaceId: Nullable(Type.String()),
  name: Type.String({ description: "The project's or the space's." }),
  detail: Type.String({ description: 'Which branch of the project, or where the space is.' }),
  state: StateView,
  reason: Nullable(
    Type.String({
      description: 'What is wrong or what is waited for, and what to do; `null`: all is well.',
    }),
  ),
  waiting: Type.Integer({ description: 'Accepted changes or saves that are not in Git yet.' }),
  waitingSince: Nullable(
    Type.String({ format: 'date-time', description: 'When the oldest of these was accepted.' }),
  ),
  undecided: Nullable(
    Type.Object({
      conflicts: Type.Integer({ description: 'Conflicts that nobody has settled.' }),
      heldSaves: Type.Integer({ description: 'Of those that wait, saves that are held back.' }),
      reviews: Type.Integer({ description: 'Reviews that go on.' }),
      files: Type.Boolean({
        description: 'Whether schema files or rules of review wait until an admin accepts them.',
      }),
    }),
    { description: 'What waits for people in a space; `null`: a mirror.' },
  ),
  lastCommit: Nullable(LastCommitView),
  outage: Nullable(OutageView),
  repository: Type.Object({
    url: Type.String(),
    branch: Type.String(),
    subdirectory: Type.String(),
  }),
});
export type StreamItem = Static<typeof StreamItem>;

/** Everything that the caller may see. */
export const OverviewView = Type.Object({
  items: Type.Array(StreamItem),
  counts: Type.Record(Type.String(), Type.Integer(), {
    description: 'How many are in each state.',
  }),
  isComplete: Type.Boolean({
    description: 'Whether these are all: at most 2,000 mirrors and 2,000 spaces are listed.',
  }),
});
export type OverviewView = Static<typeof OverviewView>;
