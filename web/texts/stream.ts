/** Texts about what mirrors and spaces have in common. */
export const stream = {
  outage: {
    since: 'Began',
    reported: 'The last attempt reported',
    attempts: (count: number) =>
      count === 1 ? '1 attempt' : `${count.toLocaleString('en')} attempts`,
    next: 'next attempt',
    notNotified: 'admins not told yet',
    notified: 'admins told',
  },
  actions: {
    refresh: { name: 'Send now', done: 'What changed is being read and sent.' },
    retry: { name: 'Try again now', done: 'It is tried again now.' },
    pause: { name: 'Pause', done: 'Paused. Changes are accepted, and wait.' },
    resume: { name: 'Resume', done: 'Resumed. What waited is being sent.' },
    approve: {
      name: 'Accept and go on',
      done: 'Accepted. It goes on now.',
      question: {
        title: 'Accept what is in the repository?',
        text: 'Gitward stopped because something in the repository is not as it left it. If you accept, it goes on from what is there now, and may overwrite files in its own folders. Find out first what happened there.',
        action: 'Accept and go on',
      },
    },
  },
  secrets: {
    title: 'Secrets in texts',
    at: (path: string, line: number) => `${path}, line ${line}`,
    masked: 'Masked',
    inGit: 'In Git',
    ofMirror:
      'Git has a placeholder where it is masked. Take each out of the project, and make it invalid: whoever can read the project can read it. What is no secret is allowed in the settings, by its fingerprint.',
    ofSpace:
      'Whoever can read the repository can read these, also after they were removed: make them invalid. What is no secret is allowed in the settings, by its fingerprint.',
  },
  repository: 'Repository',
  branch: 'Branch',
  folder: 'Folder',
  wholeRepository: 'The whole repository',
  credential: 'Credential',
  noCredential: 'None (public)',
  visibility: 'Who may read it',
  visibilities: { public: 'Everybody', private: 'Only who was given access', unknown: 'Not known' },
  notify: 'Also told',
  settings: 'Settings',
  lastCommit: 'Last commit',
  created: 'Created',
  ended: 'Ended',
};
