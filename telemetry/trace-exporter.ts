import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Logger } from 'pino';

/**
 * Sends spans to the collector without the words of errors, which may name files and people: the log has them. A
 * collector that does not answer is logged once, and once more with the number of spans that were lost when it does.
 */
export class TraceExporter implements SpanExporter {
  readonly #collector: SpanExporter;
  readonly #logger: Pick<Logger, 'info' | 'warn'>;
  #lost = 0;

  constructor(collector: SpanExporter, logger: Pick<Logger, 'info' | 'warn'>) {
    this.#collector = collector;
    this.#logger = logger;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#collector.export(spans.map(withoutWords), (result) => {
      this.#note(result, spans.length);
      // Told already: the SDK would log each of them.
      done({ code: ExportResultCode.SUCCESS });
    });
  }

  async shutdown(): Promise<void> {
    await this.#collector.shutdown();
    if (this.#lost > 0) this.#logger.warn({ spans: this.#lost }, 'Spans were lost');
  }

  #note({ code, error }: ExportResult, count: number): void {
    if (code === ExportResultCode.SUCCESS) {
      if (this.#lost > 0)
        this.#logger.info({ spans: this.#lost }, 'The collector takes traces again');
      this.#lost = 0;
      return;
    }
    if (this.#lost === 0)
      this.#logger.warn(
        { reason: reasonOf(error) },
        'The collector does not take traces: spans are lost until it does. Check OTEL_EXPORTER_OTLP_ENDPOINT',
      );
    this.#lost += count;
  }
}

function reasonOf(error: (Error & { code?: unknown }) | undefined): string {
  return [error?.code, error?.message].filter(Boolean).join(' ') || 'unknown';
}

/** The same span, of whose errors only the kind is told. */
function withoutWords(span: ReadableSpan): ReadableSpan {
  const events = span.events.map((event) => {
    const kind = event.attributes?.['exception.type'];
    return { ...event, attributes: kind === undefined ? {} : { 'exception.type': kind } };
  });
  return Object.create(span, {
    status: { value: { code: span.status.code } },
    events: { value: events },
  }) as ReadableSpan;
}
