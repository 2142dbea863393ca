import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/**
 * Makes sure that the messages of failed activities are text that Temporal can transport. A message
 * that was cut in the middle of an emoji, or that quotes half of one, is not valid UTF-8 on the
 * wire: the SDK's core then fails the whole worker, and fails it again after every restart.
 */
export const wellFormedFailures: ActivityInterceptorsFactory = () => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        throw wellFormed(error);
      }
    },
  },
});

/** The error and its causes, with U+FFFD in place of each half of a character. */
function wellFormed(error: unknown): unknown {
  for (let each = error; each instanceof Error; each = each.cause) {
    each.message = repaired(each.message);
    if (each.stack !== undefined) each.stack = repaired(each.stack);
  }
  return error;
}

function repaired(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
