import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry/lib/client/index.js';

/**
 * Sends the trace context along with signals that belong to a trace. The others, and what is asked of workflows (a page
 * that shows a status does so all the time), are not made traces of their own.
 */
export function tracedSignals(): WorkflowClientInterceptor {
  const traced = new OpenTelemetryWorkflowClientInterceptor();
  return {
    signalWithStart: (input, next) =>
      isTraced() ? traced.signalWithStart(input, next) : next(input),
  };
}

function isTraced(): boolean {
  const running = trace.getActiveSpan()?.spanContext();
  return running !== undefined && isSpanContextValid(running);
}
