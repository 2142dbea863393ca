import type { StreamId } from '../../model/streams/ids.ts';
import type { NoticeSettings } from '../../model/streams/notice-channel.ts';
import type { NoticeSubject } from '../../model/streams/notice-subject.ts';

/** What notices say about a stream, and who gets them. */
export interface Notified {
  subject: NoticeSubject;
  repositoryUrl: string;
  repositoryBranch: string;
  /** How many changes or saves are accepted but not delivered. */
  waiting: number;
  /** Whom its settings name. */
  notify: NoticeSettings;
}

/** What notices say about the stream; `null` if it does not belong to any product, so that nobody is notified. */
export type FindNotified = (stream: StreamId) => Promise<Notified | null>;
