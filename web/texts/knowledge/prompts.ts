const many = (count: number, one: string, more: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${more}`;

/** Texts of a prompt: its variants, and how its versions do. */
export const prompts = {
  variants: 'Variants',
  whole: 'The whole text',
  rendered: (name: string) => `The text of ${name}`,
  words: (count: number) => many(count, 'word', 'words'),
  notThere: (env: string) => `This prompt is not in ${env}.`,

  experiments: 'Experiments',
  experimentHint:
    'Who asks with a key gets the same version each time, by weight over all keys. Without a key, one gets what the environment has otherwise.',
  arm: 'Version',
  share: 'Share',
  gives: 'What it gives',
  asOtherwise: 'what the environment has otherwise',
  armCommit: (commit: string) => `the version in ${commit}`,
  armVariant: (variant: string) => `the variant ${variant}`,
  armScores: 'Scores',
  noScores: 'none yet',

  scores: 'Scores by version',
  scoresHint: 'What those who use this prompt said of it.',
  score: 'What was judged',
  version: 'Version',
  readFrom: 'Read from',
  count: 'How often',
  result: 'Result',
  mean: (mean: string) => `${mean} on average`,
  deviation: (deviation: string) => `± ${deviation}`,
  range: (least: string, most: string) => `from ${least} to ${most}`,
  ofArm: (environment: string, arm: string) => `${environment}, ${arm}`,
  anywhere: 'not said',
  notInGit: 'not in Git yet',
};
