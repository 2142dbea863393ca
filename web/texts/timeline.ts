export const timeline = {
  title: 'Timeline',
  empty: 'Nothing has happened yet.',
  changes: (count: number) =>
    count === 1 ? '1 change' : `${count.toLocaleString('en')} changes`,
  waits: 'waits to be sent since',
  atHost: (sha: string) => `${sha} at the host`,
  lanes: {
    source: 'The project could not be read',
    repository: 'The repository could not be used',
  },
  goesOn: ' (goes on)',
  lasted: (duration: string) => ` for ${duration}`,
  began: 'Began',
  notices: {
    person_needed: 'Told that a person is needed:',
    escalated: 'Told that it lasts:',
    recovered: 'Told that it is over:',
  },
  notSent: (error: string | null) => `not sent yet${error === null ? '' : `: ${error}`}`,
  by: (actor: string) => `by ${actor}`,
  acts: {
    'mirror.enable': 'Enabled',
    'mirror.replace': 'Settings changed',
    'mirror.end': 'Ended',
    'mirror.pause': 'Paused',
    'mirror.resume': 'Resumed',
    'mirror.retry': 'Tried again by hand',
    'mirror.refresh': 'Sent by hand',
    'mirror.approve': 'What was found was accepted',
    'mirror.verify': 'A comparison was asked for',
  },
};
