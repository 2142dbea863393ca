const number = (count: number) => count.toLocaleString('en');

export const hold = {
  title: 'What was found',
  lookAgain: 'Look again',
  decides: 'Nothing is written until an operator has looked at what is there and accepted it.',
  tip: 'The branch now',
  noBranch: 'It does not exist.',
  last: 'Our last commit',
  kept: 'still in the branch',
  lost: 'no longer in the branch',
  noLast: 'There is none yet.',
  commits: 'Commits since ours',
  noCommits: 'There are no commits after ours.',
  moreCommits: (count: number) => `Only the newest ${number(count)} are listed.`,
  who: 'By',
  when: 'When',
  subject: 'Commit',
  files: 'What accepting does to files',
  noFiles: 'The files in our folders are as we left them: accepting changes none of them.',
  kinds: {
    replaces: (count: number) =>
      count === 1 ? '1 file is overwritten' : `${number(count)} files are overwritten`,
    removes: (count: number) =>
      count === 1 ? '1 file is removed' : `${number(count)} files are removed`,
    adds: (count: number) =>
      count === 1 ? '1 file is written again' : `${number(count)} files are written again`,
    unjudged: (count: number) =>
      count === 1
        ? '1 file is in our folders, and may be overwritten or removed'
        : `${number(count)} files are in our folders, and may be overwritten or removed`,
  },
  why: {
    replaces: 'Somebody changed them. What they wrote stays only in the history of Git.',
    removes: 'They are in our folders, but Gitward did not write them.',
    adds: 'They are missing in the branch.',
    unjudged:
      'Gitward has not written here yet, so it cannot compare. The preview of the mirror, with its settings, says which files stay.',
  },
  moreFiles: (count: number) => `${number(count)} more are not listed.`,
  elsewhere:
    'Files outside of our folders and other people’s commits stay as they are. What changed in the platform meanwhile is sent, too.',
  removal: {
    files: (count: number, total: number) =>
      `${number(count)} of ${number(total)} files would be removed`,
    why: 'The platform no longer lists what they belong to, but nobody reported that it was deleted. Perhaps its answer was cut short, or the project’s token lost rights: look there first.',
    otherwise: 'If they show up again, Gitward goes on by itself, and nothing is removed.',
    accept: 'Remove them and go on',
    question: {
      title: 'Remove what the platform no longer lists?',
      text: (count: number) =>
        `${number(count)} files are removed in one commit. They stay in the history of Git.`,
      action: 'Remove them and go on',
    },
  },
  accept: 'Accept and go on',
  question: {
    title: 'Accept what is in the repository?',
    text: (changed: number) =>
      changed === 0
        ? 'Gitward goes on from what you have just looked at.'
        : `Gitward goes on from what you have just looked at, and overwrites or removes ${changed === 1 ? '1 file' : `${number(changed)} files`} in its folders.`,
    action: 'Accept and go on',
  },
  done: 'Accepted. It goes on now.',
  accepted: 'It was accepted, and goes on with the next attempt.',
  changed: 'The branch has changed since you looked',
};
