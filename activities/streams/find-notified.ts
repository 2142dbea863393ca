import type { StreamId } from '../../model/streams/ids.ts';
import type { NoticeSubject } from '../../model/streams/notice-subject.ts';

/** What notices say of a stream, and to whom. */
export interface Notified {
  subject: NoticeSubject;
  repositoryUrl: string;
  repositoryBranch: string;
  /** Accepted and not delivered. */
  waiting: number;
  /** Whom its settings name. */
  emails: string[];
}

/** What notices say of the stream; `null` where it is none of the product's, so that nobody is told anything of it. */
export type FindNotified = (stream: StreamId) => Promise<Notified | null>;
