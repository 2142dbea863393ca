import { ApplicationFailure } from '@temporalio/common';
import { listTracesToSend } from '../db/mirror/followed-changes.ts';
import { escalateOutage, findOutage } from '../db/streams/outages.ts';
import { mirrorOfStream } from '../model/mirror/ids.ts';
import type { NoticeName, OutageView } from '../model/streams/outage.ts';
import { streamFields } from '../telemetry/log-fields.ts';
import { inSpan, mostLinks } from '../telemetry/spans.ts';
import type { ActivityDependencies } from './streams/dependencies.ts';
import { exceptionId } from './streams/exception-id.ts';
import { waitsItsTurn } from './streams/notices/notify-admins.ts';

type Deps = Pick<ActivityDependencies, 'db' | 'logger'>;

/** Marks an outage as escalated, which is an error in the log; `null` if it is over. */
export async function toldEscalation(
  { db, logger }: Deps,
  outageId: string,
): Promise<OutageView | null> {
  const escalated = await escalateOutage(db, outageId);
  if (escalated === null) return null;
  const { code, attempts: retry_count, since } = escalated;
  const stream = (await findOutage(db, outageId))?.stream ?? '';
  logger.error(
    { ...streamFields(stream), outage_id: outageId, code, retry_count, since },
    'The outage lasts: the admins are notified',
  );
  return escalated;
}

/** Notifies the admins, told in the log and, as `notify_admin`, in the trace of what waits. Nothing says who they are. */
export async function toldNotice(
  { db, logger }: Deps,
  { outageId, kind }: NoticeName,
  notify: () => Promise<{ recipients: number }>,
): Promise<{ recipients: number }> {
  const stream = (await findOutage(db, outageId))?.stream ?? '';
  const mirror = mirrorOfStream(stream);
  const about = mirror === null ? [] : await listTracesToSend(db, mirror, mostLinks + 1);
  const fields = { ...streamFields(stream), outage_id: outageId, notice: kind };
  const attributes = { 'gitward.stream': stream, 'gitward.notice': kind };
  return inSpan('notify_admin', { about, attributes }, async (span) => {
    try {
      const { recipients } = await notify();
      span.setAttribute('gitward.recipients', recipients);
      logger.info({ ...fields, recipients }, 'Admins notified');
      return { recipients };
    } catch (error) {
      if (error instanceof ApplicationFailure && error.type === waitsItsTurn) throw error;
      // Without the error, which names them. It is tried again for a day; then the workflow says so.
      logger.warn({ ...fields, exception_id: exceptionId() }, 'A notice is sent again later');
      throw error;
    }
  });
}
