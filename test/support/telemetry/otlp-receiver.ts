import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import root from '@opentelemetry/otlp-transformer/build/src/generated/root.js';

/** A span as it arrived. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  /** `''` for the root of a trace. */
  parentSpanId: string;
  name: string;
  startTimeUnixNano: string;
  attributes: Record<string, unknown>;
  resource: Record<string, unknown>;
  links: { traceId: string; spanId: string }[];
  /** 2 is an error. */
  status: { code: number; message: string };
  events: { name: string; attributes: Record<string, unknown> }[];
}

/** What OpenTelemetry calls a collector: takes traces by OTLP over HTTP, in protobuf, and keeps them. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  readonly requests: { path: string; headers: IncomingHttpHeaders }[] = [];
  /** Answers with this status instead of taking anything. */
  refusesWith: number | null = null;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void buffer(request).then((body) => {
        const path = request.url ?? '';
        this.requests.push({ path, headers: request.headers });
        // Metrics come as well.
        const isTaken = this.refusesWith === null && path.endsWith('/v1/traces');
        if (isTaken) this.spans.push(...spansIn(body));
        response.writeHead(this.refusesWith ?? 200, { 'content-type': 'application/x-protobuf' });
        response.end();
      });
    });
  }

  static async start(): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  /** The value of `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The spans of a trace, in the order of their start. */
  trace(traceId: string): ReceivedSpan[] {
    return this.spans
      .filter((span) => span.traceId === traceId)
      .sort((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
  }

  /** A trace as a tree: a line for each span, indented below its parent; with the number of its links, if it has any. */
  tree(traceId: string): string[] {
    const spans = this.trace(traceId);
    const known = new Set(spans.map(({ spanId }) => spanId));
    const below = (parent: string | null, depth: number): string[] =>
      spans
        .filter(({ parentSpanId }) =>
          parent === null ? !known.has(parentSpanId) : parentSpanId === parent,
        )
        .flatMap(({ name, spanId, links }) => [
          `${'  '.repeat(depth)}${name}${links.length === 0 ? '' : ` (${links.length} links)`}`,
          ...below(spanId, depth + 1),
        ]);
    return below(null, 0);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

interface KeyValue {
  key: string;
  value: Record<string, unknown>;
}

interface SentIds {
  traceId: number[];
  spanId: number[];
}

type SentSpan = Pick<ReceivedSpan, 'name' | 'startTimeUnixNano' | 'status'> &
  SentIds & {
    parentSpanId: number[];
    attributes: KeyValue[];
    links: SentIds[];
    events: { name: string; attributes: KeyValue[] }[];
  };

interface Sent {
  resourceSpans: {
    resource: { attributes: KeyValue[] };
    scopeSpans: { spans: SentSpan[] }[];
  }[];
}

/** The message of a request, of which the package does not tell the type. */
const message = (
  root as unknown as {
    opentelemetry: {
      proto: { collector: { trace: { v1: { ExportTraceServiceRequest: MessageType } } } };
    };
  }
).opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

interface MessageType {
  decode(body: Uint8Array): object;
  toObject(decoded: object, options: object): object;
}

function spansIn(body: Uint8Array): ReceivedSpan[] {
  const options = { longs: String, bytes: Array, defaults: true };
  const sent = message.toObject(message.decode(body), options) as Sent;
  return sent.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...idsOf(span),
        parentSpanId: hex(span.parentSpanId),
        name: span.name,
        startTimeUnixNano: span.startTimeUnixNano,
        attributes: valuesOf(span.attributes),
        resource: valuesOf(resource.attributes),
        links: span.links.map(idsOf),
        status: span.status,
        events: span.events.map(({ name, attributes }) => ({
          name,
          attributes: valuesOf(attributes),
        })),
      })),
    ),
  );
}

function idsOf({ traceId, spanId }: SentIds) {
  return { traceId: hex(traceId), spanId: hex(spanId) };
}

function hex(id: number[]): string {
  return Buffer.from(id).toString('hex');
}

function valuesOf(attributes: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
