import { asGitward, writeCommit } from '../../../support/raw-commit.ts';
import { pushOnTop, say, treeOf, type Forgery } from './forged-messages.ts';
import type { Scene } from './scene.ts';

/** Our commit as an object: its header and its message, byte by byte. */
async function copyOf({ repository }: Scene, sha: string) {
  const object = (await repository.git(['cat-file', 'commit', sha])).toString('latin1');
  const end = object.indexOf('\n\n');
  const line = (key: string) =>
    new RegExp(`^${key} (.*)$`, 'm').exec(object.slice(0, end))?.[1] ?? '';
  return {
    tree: line('tree'),
    author: Buffer.from(line('author'), 'latin1').toString(),
    committer: line('committer'),
    message: Buffer.from(object.slice(end + 2), 'latin1'),
  };
}

/** A commit of ours, which is there once the change was pushed. */
function oursOf({ pushed }: Scene): string {
  if (pushed === null) throw new Error('Nothing of ours was pushed yet.');
  return pushed;
}

const somebody = 'Somebody <somebody@example.com> 1700000000 +0000';
const human = { author: somebody, committer: somebody, message: 'Somebody\n' };

/** Points the branch at a new commit, as a (forced) push does. */
async function pushed(scene: Scene, commit: Parameters<typeof writeCommit>[1]): Promise<void> {
  await scene.repository.setBranch('main', await writeCommit(scene.repository, commit));
}

/** A commit on our last commit before the change: what somebody made who did not have ours. */
async function besides({ repository, settled }: Scene): Promise<string> {
  await repository.setBranch('strange', settled);
  return repository.commit({ branch: 'strange', files: { 'THEIRS.md': 'Theirs\n' } });
}

/** Merges our commit, as the second parent, into another line, and keeps only the tree of one of them. */
function merged(how: string, line: (scene: Scene) => Promise<string>, keeps: 'ours' | 'theirs') {
  return {
    how: `our commit merged into ${how}, and ${keeps === 'ours' ? 'kept' : 'dropped'}`,
    needsOurs: true as const,
    async push(scene: Scene) {
      const first = await line(scene);
      const tree = await treeOf(scene.repository, keeps === 'ours' ? oursOf(scene) : first);
      await pushed(scene, { ...human, tree, parents: [first, oursOf(scene)] });
    },
  };
}

/** A line that has the files from before the change, and nothing of our history. */
async function unrelated({ repository, settled }: Scene): Promise<string> {
  return writeCommit(repository, {
    ...human,
    tree: await treeOf(repository, settled),
    parents: [],
  });
}

/** What was ours, or looks like it, in another place of the history. */
export const forgedHistories: readonly Forgery[] = [
  {
    how: 'the text of the change, by somebody',
    async push({ repository, path, text }) {
      await repository.commit({ files: { [path]: text }, message: 'By hand' });
    },
  },
  {
    how: 'the text of the change, in our name',
    async push(scene) {
      const { repository, path, text } = scene;
      const tip = (await repository.tip())!;
      await repository.setBranch('strange', tip);
      await repository.commit({ branch: 'strange', files: { [path]: text } });
      const tree = await treeOf(repository, 'strange');
      await pushed(scene, { tree, parents: [tip], message: say(scene) });
    },
  },
  {
    how: 'an older commit of ours, again',
    undoes: ['space'],
    async push(scene) {
      const { repository, settled } = scene;
      const copy = await copyOf(scene, settled);
      await pushed(scene, { ...copy, parents: [(await repository.tip())!] });
    },
  },
  {
    how: 'our message and our tree, again',
    needsOurs: true,
    async push(scene) {
      const copy = await copyOf(scene, oursOf(scene));
      await pushed(scene, { ...copy, parents: [(await scene.repository.tip())!] });
    },
  },
  {
    how: 'our message on another tree',
    needsOurs: true,
    claims: true,
    async push(scene) {
      const { author, committer, message } = await copyOf(scene, oursOf(scene));
      await pushOnTop(scene, [{ author, committer, message }]);
    },
  },
  {
    how: 'our message on the tree from before, in place of our commit',
    needsOurs: true,
    async push(scene) {
      const { repository, settled } = scene;
      const copy = await copyOf(scene, oursOf(scene));
      const tree = await treeOf(repository, settled);
      await pushed(scene, { ...copy, tree, parents: [settled] });
    },
  },
  {
    how: 'our tree with another message, in place of our commit',
    needsOurs: true,
    async push(scene) {
      const tree = await treeOf(scene.repository, oursOf(scene));
      await pushed(scene, { ...human, tree, parents: [scene.settled] });
    },
  },
  merged('a commit beside it', besides, 'theirs'),
  merged('a commit beside it', besides, 'ours'),
  merged('an unrelated line', unrelated, 'theirs'),
  merged('an unrelated line', unrelated, 'ours'),
  {
    how: 'our commit reverted',
    needsOurs: true,
    undoes: ['mirror', 'space'],
    async push(scene) {
      const tree = await treeOf(scene.repository, scene.settled);
      await pushed(scene, { ...human, tree, parents: [oursOf(scene)] });
    },
  },
  {
    how: 'our commit reverted in our name',
    needsOurs: true,
    undoes: ['space'],
    async push(scene) {
      const tree = await treeOf(scene.repository, scene.settled);
      await pushed(scene, { tree, parents: [oursOf(scene)], message: say(scene) });
    },
  },
  {
    how: 'our commit reverted in our name, and made again by somebody',
    needsOurs: true,
    async push(scene) {
      const { repository, settled } = scene;
      const tree = await treeOf(repository, settled);
      await pushed(scene, { tree, parents: [oursOf(scene)], message: say(scene) });
      const again = await treeOf(repository, oursOf(scene));
      await pushed(scene, { ...human, tree: again, parents: [(await repository.tip())!] });
    },
  },
  {
    how: 'a rewritten branch, with our commit on another branch, in tags, notes and replacements',
    needsOurs: true,
    async push(scene) {
      const { repository } = scene;
      const ours = oursOf(scene);
      const line = await besides(scene);
      await repository.setBranch('elsewhere', ours);
      await repository.setBranch('main', line);
      for (const ref of ['refs/tags/main', `refs/replace/${line}`])
        await repository.git(['update-ref', ref, ours]);
      const note = ['notes', 'add', '-f', '-m', say(scene), line];
      await repository.git(['-c', 'user.name=G', '-c', 'user.email=g@localhost', ...note]);
    },
  },
  {
    how: 'a rewritten branch with a copy of our commit that changes nothing',
    needsOurs: true,
    async push(scene) {
      const line = await besides(scene);
      const tree = await treeOf(scene.repository, line);
      await pushed(scene, {
        ...(await copyOf(scene, oursOf(scene))),
        ...{ tree, parents: [line], committer: asGitward },
      });
    },
  },
];
