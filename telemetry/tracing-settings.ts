/** The samplers that OpenTelemetry's settings may name. */
export const samplerNames = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Where traces are sent, and which. */
export interface TracingSettings {
  /** The collector's address for traces, by OTLP over HTTP. */
  url: string;
  /** Sent with each request; they may contain secrets. */
  headers: Record<string, string>;
  sampler: (typeof samplerNames)[number];
  /** From 0 to 1, for the samplers that use it. */
  ratio: number;
  serviceName: string;
}
