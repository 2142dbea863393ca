/*
 * Reads what was sent over OTLP, by the field numbers of opentelemetry-proto (metrics/v1/metrics.proto), and not with the
 * code that wrote it.
 */

/** A metric as it was sent. */
export interface SentMetric {
  name: string;
  kind: 'gauge' | 'sum' | 'histogram';
  points: { labels: Record<string, string>; value: number | SentHistogram }[];
}

/** A point of a histogram; `counts` has one more than `bounds`. */
export interface SentHistogram {
  bounds: number[];
  counts: number[];
  sum: number;
  count: number;
}

interface Field {
  number: number;
  bytes: Buffer;
}

/** The attributes of the process, and its metrics. */
export function decoded(body: Buffer): {
  attributes: Record<string, string>;
  metrics: SentMetric[];
} {
  const [resourceMetrics] = messages(body, 1);
  if (resourceMetrics === undefined) throw new Error('Nothing was sent.');
  const [resource] = messages(resourceMetrics, 1);
  const scopes = messages(resourceMetrics, 2);
  return {
    attributes: resource === undefined ? {} : attributesIn(resource, 1),
    metrics: scopes.flatMap((scope) => messages(scope, 2).map(metricIn)),
  };
}

const kinds = { 5: 'gauge', 7: 'sum', 9: 'histogram' } as const;

function metricIn(message: Buffer): SentMetric {
  const name = messages(message, 1)[0]?.toString() ?? '';
  for (const [number, kind] of Object.entries(kinds))
    for (const data of messages(message, Number(number)))
      return {
        name,
        kind,
        points: messages(data, 1).map((point) =>
          kind === 'histogram'
            ? { labels: attributesIn(point, 9), value: histogramIn(point) }
            : { labels: attributesIn(point, 7), value: doubles(point, 4)[0] ?? NaN },
        ),
      };
  throw new Error(`${name} has no points.`);
}

function histogramIn(point: Buffer): SentHistogram {
  return {
    count: integers(point, 4)[0] ?? 0,
    sum: doubles(point, 5)[0] ?? 0,
    counts: integers(point, 6),
    bounds: doubles(point, 7),
  };
}

function attributesIn(message: Buffer, number: number): Record<string, string> {
  return Object.fromEntries(
    messages(message, number).map((pair) => {
      const value = messages(pair, 2)[0] ?? Buffer.of();
      return [String(messages(pair, 1)[0]), String(messages(value, 1)[0] ?? '')];
    }),
  );
}

/** All bytes of a field of fixed length or with a length. */
function messages(message: Buffer, number: number): Buffer[] {
  return fieldsOf(message).flatMap((field) => (field.number === number ? [field.bytes] : []));
}

/** A field of fixed64 integers, packed or not. */
function integers(message: Buffer, number: number): number[] {
  return eights(message, number).map((bytes) => Number(bytes.readBigUInt64LE()));
}

function doubles(message: Buffer, number: number): number[] {
  return eights(message, number).map((bytes) => bytes.readDoubleLE());
}

function eights(message: Buffer, number: number): Buffer[] {
  return messages(message, number).flatMap((bytes) =>
    Array.from({ length: bytes.length / 8 }, (_, at) => bytes.subarray(at * 8, at * 8 + 8)),
  );
}

function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at] ?? 0;
      at += 1;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const type = tag % 8;
    if (type === 0) {
      varint();
      continue;
    }
    const length = type === 1 ? 8 : type === 5 ? 4 : varint();
    fields.push({ number, bytes: message.subarray(at, at + length) });
    at += length;
  }
  return fields;
}
