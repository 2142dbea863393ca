import { OpenTelemetryActivityInboundInterceptor } from '@temporalio/interceptors-opentelemetry/lib/worker/index.js';
import { TRACE_HEADER } from '@temporalio/interceptors-opentelemetry/lib/instrumentation.js';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/**
 * Makes a span of each activity whose workflow was told of a trace. Other work, such as looking for what is new every
 * minute, is not made a trace of its own.
 */
export const tracedActivities: ActivityInterceptorsFactory = (context) => {
  const traced = new OpenTelemetryActivityInboundInterceptor(context);
  return {
    inbound: {
      execute: (input, next) =>
        TRACE_HEADER in input.headers ? traced.execute(input, next) : next(input),
    },
  };
};
