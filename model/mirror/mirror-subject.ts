import { oneLine, type NoticeSubject } from '../streams/notice-subject.ts';
import type { MirrorKey } from './ids.ts';

/** How notices describe a mirror. */
export function mirrorSubject({ projectId, branchId }: MirrorKey, name: string): NoticeSubject {
  const full = `${oneLine(name)} (project ${projectId}, branch ${branchId})`;
  return {
    name: oneLine(name),
    label: `Mirror: ${full}`,
    phrase: `mirror of ${full} to`,
    word: 'mirror',
    item: 'change',
    trouble: 'Changes cannot be sent to Git',
    origin: 'the project',
    command: { before: 'gitward mirrors', after: `${projectId} ${branchId}` },
  };
}
