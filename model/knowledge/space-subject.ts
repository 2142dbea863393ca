import { oneLine, type NoticeSubject } from '../streams/notice-subject.ts';

/** How notices describe a knowledge space. */
export function spaceSubject(spaceId: string, name: string): NoticeSubject {
  const full = `${oneLine(name)} (${spaceId})`;
  return {
    name: oneLine(name),
    label: `Knowledge space: ${full}`,
    phrase: `knowledge space ${full} in`,
    word: 'space',
    item: 'save',
    trouble: 'The space cannot be synced with Git',
    origin: 'the entries',
    command: { before: 'gitward knowledge spaces', after: spaceId },
  };
}
