import { randomUUID } from 'node:crypto';
import type { FailureCode } from '../../../../model/streams/errors.ts';
import { writeCommit, type RawCommit } from '../../../support/raw-commit.ts';
import type { Product, Scene } from './scene.ts';

/** A batch of another stream that waits, too. */
export interface OtherBatch {
  stream: string;
  batch: string;
}

/** The waiting batches of other streams, which nothing here may change. */
export type Others = Record<Product, OtherBatch>;

/** Something that a stranger who may push does to a branch. */
export interface Forgery {
  how: string;
  /** What holds the stream until a person approves. */
  holds?: Partial<Record<Product, FailureCode>>;
  /** Only possible once our commit with the change was pushed. */
  needsOurs?: true;
  /** Whether a commit says what ours say, so that everything has to be compared. */
  claims?: boolean;
  /** Products in which it counts as a person's change of what had arrived, if our commit is known. */
  undoes?: readonly Product[];
  push: (scene: Scene, others: Others) => Promise<void>;
}

/** What a commit says: all of it, but for its tree and its parents. */
export type SaidByCommit = Omit<RawCommit, 'tree' | 'parents'>;

/** A commit on top of the branch, with a change of a file that is nobody's. */
export interface ForgedMessage extends Forgery {
  said: (scene: Scene, others: Others) => SaidByCommit;
}

/** What somebody writes into a file of ours. */
export const forgedText = 'Forged\n';

/** Commits these on the branch, one on top of the other, as one push, in which a file of ours is also changed. */
export async function pushOnTop(
  { repository, owned }: Scene,
  commits: readonly SaidByCommit[],
): Promise<void> {
  let tip = (await repository.tip())!;
  await repository.setBranch('strange', tip);
  const files = { 'README.md': `${randomUUID()}\n`, ...(owned && { [owned]: forgedText }) };
  await repository.commit({ branch: 'strange', files });
  const tree = await treeOf(repository, 'strange');
  for (const commit of commits)
    tip = await writeCommit(repository, { ...commit, tree, parents: [tip] });
  await repository.setBranch('main', tip);
}

/** The id of a commit's tree. */
export async function treeOf(repository: Scene['repository'], revision: string): Promise<string> {
  return (await repository.git(['rev-parse', `${revision}^{tree}`])).toString().trim();
}

type Said = Partial<Record<'Stream' | 'Installation' | 'Batches' | 'Through' | 'Reason', string>>;

/** The message that our commit with the change has, or would have, with other values. */
export function say({ stream, installationId, batch }: Scene, other: Said = {}): string {
  const said = {
    Stream: stream,
    Installation: installationId,
    Batches: batch,
    Through: '1',
    Reason: 'changes',
    ...other,
  };
  const trailers = Object.entries(said).map(([key, value]) => `Gitward-${key}: ${value}`);
  return `Change something\n\n${trailers.join('\n')}\n`;
}

type Words = (scene: Scene, others: Others) => string | Buffer;
type Shape = (scene: Scene) => Partial<SaidByCommit>;

function says(how: string, message: Words, shape: Shape = () => ({})): ForgedMessage {
  const said: ForgedMessage['said'] = (scene, others) => ({
    message: message(scene, others),
    ...shape(scene),
  });
  return { how, said, push: (scene, others) => pushOnTop(scene, [said(scene, others)]) };
}

const batches: ForgedMessage[] = [
  { ...says('the id of the waiting batch', (scene) => say(scene)), claims: true },
  says('the batch twice', (scene) => say(scene, { Batches: `${scene.batch}, ${scene.batch}` })),
  says('the batch in capital letters', (s) => say(s, { Batches: s.batch.toUpperCase() })),
  says('the batch among unknown ones', (scene) =>
    say(scene, { Batches: `${randomUUID()}, ${scene.batch}, ${randomUUID()}` }),
  ),
  {
    ...says('a batch that does not exist', (scene) => say(scene, { Batches: randomUUID() })),
    claims: true,
  },
  ...(['mirror', 'space'] as const).flatMap((of) => [
    says(`the batch of another ${of}`, (scene, others) =>
      say(scene, { Batches: `${others[of].batch}, ${scene.batch}` }),
    ),
    says(`another ${of} and its batch`, (scene, others) =>
      say(scene, { Stream: others[of].stream, Batches: others[of].batch }),
    ),
    says(`another ${of} and our batch`, (scene, others) =>
      say(scene, { Stream: others[of].stream }),
    ),
  ]),
  says('a batch that is no UUID', (scene) => say(scene, { Batches: 'x' })),
  says('no UUID beside the batch', (scene) => say(scene, { Batches: `${scene.batch}, x` })),
  says('SQL for a batch', (scene) => say(scene, { Batches: `{${scene.batch}}'; DROP TABLE x` })),
  says('no batch', (scene) => say(scene, { Batches: '' })),
  says('ten thousand batches', (scene) =>
    say(scene, {
      Batches: [...Array.from({ length: 10_000 }, randomUUID), scene.batch].join(', '),
    }),
  ),
];

const values: ForgedMessage[] = [
  ...['-1', '0', '1e3', '999999999999999', '9'.repeat(40), 'NaN', ''].map((through) =>
    says(`through ${through === '' ? 'nothing' : through}`, (scene) =>
      say(scene, { Through: through }),
    ),
  ),
  ...['initial', 'adopt', 'ended', 'toString', '__proto__'].map((reason) =>
    says(`the reason ${reason}`, (scene) => say(scene, { Reason: reason })),
  ),
  ...['__proto__', '../..', 'mirror/', 'space/%00'].map((stream) =>
    says(`the stream ${stream}`, (scene) => say(scene, { Stream: stream })),
  ),
  says('an installation that is none', (scene) => say(scene, { Installation: 'x y' })),
  {
    ...says('another installation', (scene) => say(scene, { Installation: randomUUID() })),
    holds: { mirror: 'foreign_installation' },
  },
];

const forms: ForgedMessage[] = [
  says('thousands of trailers', (s) => `${say(s)}${`Gitward-Batches: ${s.batch}\n`.repeat(5_000)}`),
  says('a trailer twice', (scene) => `${say(scene)}Gitward-Batches: ${randomUUID()}\n`),
  says('lower case', (scene) => say(scene).replaceAll('Gitward-', 'gitward-')),
  says('lower case beside ours', (s) => `${say(s)}gitward-batches: ${randomUUID()}\n`),
  says('folded lines', (scene) => say(scene).replace(/(Batches:) /, '$1\n  ')),
  says('continued lines', (scene) => say(scene).replace(/(Batches: .*)/, `$1,\n  ${randomUUID()}`)),
  says('CRLF', (scene) => say(scene).replaceAll('\n', '\r\n')),
  says('tabs', (scene) => say(scene).replaceAll(': ', ':\t')),
  says('a subject that is trailers', (scene) => say(scene).split('\n\n')[1]!),
  says('text below the trailers', (scene) => `${say(scene)}\nSigned-off-by\n`),
  says('NUL in a value', (scene) => say(scene, { Batches: `${scene.batch}\0` })),
  says('a second commit after a NUL', (s) => `x\0${s.settled}\n1\nGitward\n${say(s)}`),
  says('control characters', (scene) => say(scene, { Batches: `${scene.batch}\x1b[2K\x07\x08` })),
  says('line separators', (scene) => say(scene).replaceAll('\n', '\u2028')),
  says('invalid UTF-8 above the trailers', (scene) =>
    Buffer.concat([Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from(say(scene))]),
  ),
  says('invalid UTF-8 in a trailer', (scene) =>
    Buffer.from(say(scene, { Stream: `${scene.stream}\u00ff` }), 'latin1'),
  ),
  says(
    'UTF-16',
    (scene) => Buffer.from(say(scene), 'utf16le'),
    () => ({
      headers: ['encoding UTF-16LE'],
    }),
  ),
  says(
    'UTF-7 with a NUL',
    (scene) => say(scene).replace('Change', '+AAA-+AAo-'),
    () => ({ headers: ['encoding UTF-7'], author: 'Git+AAo-ward <gitward@localhost> 1 +0000' }),
  ),
  says(
    'a header of a thousand lines',
    (scene) => say(scene),
    ({ batch }) => ({
      headers: Array.from({ length: 1_000 }, () => `Gitward-Batches ${batch}`),
    }),
  ),
  says('an empty message', () => ''),
];

const persons: ForgedMessage[] = [
  says(
    'another committer',
    (scene) => say(scene),
    () => ({
      committer: 'Gitward <gitward@example.com> 1700000000 +0000',
    }),
  ),
  ...[
    'Gitward <gitward@localhost>',
    'Gitward <gitward@localhost> -5 +0000',
    'Gitward <gitward@localhost> 99999999999999999999 +9999',
    'Gitward <gitward@localhost> 9223372036854775807 +0000',
    'Gitward <gitward@localhost> tomorrow',
    'Gitward',
    '<>',
    null,
  ].map((committer) =>
    says(
      `the committer ${committer ?? 'left out'}`,
      (scene) => say(scene),
      () => ({ committer }),
    ),
  ),
];

/** Everything that a commit on top of the branch can say. */
export const forgedMessages: readonly ForgedMessage[] = [
  ...batches,
  ...values,
  ...forms,
  ...persons,
];

/** Forges all of these in one push. */
export function inOnePush(how: string, forgeries: readonly ForgedMessage[]): Forgery {
  const push: Forgery['push'] = (scene, others) =>
    pushOnTop(
      scene,
      forgeries.map(({ said }) => said(scene, others)),
    );
  return { how, push, claims: forgeries.some(({ claims }) => claims) };
}
