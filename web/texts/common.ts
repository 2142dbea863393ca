import type { Role } from '../../model/access/roles.ts';
import type { StreamState } from '../../model/streams/state.ts';

const states: Record<StreamState, { name: string; meaning: string }> = {
  ended: { name: 'Ended', meaning: 'Nothing is sent any more. The repository stays as it is.' },
  paused: { name: 'Paused', meaning: 'Changes are accepted and wait until it is resumed.' },
  held: { name: 'Needs a decision', meaning: 'Only a person can say how to go on.' },
  escalated: {
    name: 'Down for long',
    meaning: 'It has failed for hours, and the admins were told.',
  },
  retrying: { name: 'Retrying', meaning: 'It failed, and is tried again by itself.' },
  initializing: {
    name: 'First commit',
    meaning: 'The whole content is being sent for the first time.',
  },
  syncing: { name: 'Sending', meaning: 'Changes are being sent to Git.' },
  pending: { name: 'Collecting', meaning: 'Changes are collected for the next commit.' },
  synced: { name: 'In step', meaning: 'Git has everything.' },
};

const roles: Record<Role, { name: string; meaning: string }> = {
  admin: { name: 'Admin', meaning: 'May do everything, in all projects and spaces.' },
  operator: { name: 'Operator', meaning: 'Runs mirrors and spaces: pauses, resumes, retries.' },
  publisher: { name: 'Publisher', meaning: 'Edits knowledge and publishes it.' },
  editor: { name: 'Editor', meaning: 'Edits knowledge.' },
  reader: { name: 'Reader', meaning: 'Reads.' },
  agent: { name: 'Agent', meaning: 'A program that reads for people.' },
};

export const common = {
  states,
  roles,
  never: 'never',
  none: 'none',
  cancel: 'Cancel',
  close: 'Close',
  showTyped: 'Show what was typed',
  save: 'Save',
  copy: 'Copy',
  copied: 'Copied',
  more: 'Show more',
  loading: 'Loading',
  tryAgain: 'Try again',
  whenReachable: 'This is shown as soon as Gitward answers.',
  failedTitle: 'This did not work',
  requestId: (id: string) => `Request ${id}`,
  typeToConfirm: (name: string) => `Type ${name} to confirm`,
  notFoundTitle: 'There is nothing here',
  notFound: 'The address may be wrong, or you may not be allowed to see it.',
  toOverview: 'To the overview',
  product: { mirror: 'Mirror', space: 'Space' },
};
