import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

/** The workflows of a namespace in whose histories or Schedules one of these texts stands. */
export async function findInTemporal(client: Client, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const look = (place: string, encoded: Uint8Array) => {
    // Protocol buffers, and the JSON in their payloads, contain texts as they are.
    if (texts.some((text) => Buffer.from(encoded).includes(text))) found.push(place);
  };
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    look(workflowId, proto.temporal.api.history.v1.History.encode(history).finish());
  }
  for await (const { scheduleId } of client.schedule.list()) {
    const { namespace } = client.options;
    const described = await client.workflowService.describeSchedule({ namespace, scheduleId });
    const { DescribeScheduleResponse } = proto.temporal.api.workflowservice.v1;
    look(scheduleId, DescribeScheduleResponse.encode(described).finish());
  }
  return found;
}
