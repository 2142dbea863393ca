import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../../../embedded/free-port.ts';

/** Whether Prometheus is installed here. */
export function hasPrometheus(): boolean {
  try {
    execFileSync('prometheus', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A sample of a query's answer. */
export interface PromSample {
  metric: Record<string, string>;
  value: number;
}

/** A real Prometheus with our rules, which reads these URLs every second. */
export class TestPrometheus {
  readonly #url: string;
  readonly #end: () => Promise<void>;

  private constructor(url: string, end: () => Promise<void>) {
    this.#url = url;
    this.#end = end;
  }

  static async start(targets: readonly string[], token: string): Promise<TestPrometheus> {
    const directory = await mkdtemp(join(tmpdir(), 'prometheus-'));
    const port = await freePort('127.0.0.1', 0);
    const config = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [resolve('ops/prometheus/rules.yml')],
      scrape_configs: [
        {
          job_name: 'gitward',
          authorization: { credentials: token },
          static_configs: [{ targets: targets.map((url) => new URL(url).host) }],
        },
      ],
    };
    const file = join(directory, 'prometheus.yml');
    await writeFile(file, stringify(config));
    const child = spawn(
      'prometheus',
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const gone = once(child, 'exit');
    return new TestPrometheus(`http://127.0.0.1:${port}`, async () => {
      child.kill('SIGKILL');
      await gone;
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    });
  }

  /** What a PromQL query says now. */
  async query(expression: string): Promise<PromSample[]> {
    const asked = new URLSearchParams({ query: expression });
    const answer = await fetch(`${this.#url}/api/v1/query?${asked.toString()}`);
    const { data, error } = (await answer.json()) as {
      data?: { result: { metric: Record<string, string>; value: [number, string] }[] };
      error?: string;
    };
    if (data === undefined) throw new Error(`${expression}: ${error ?? answer.status}`);
    return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  stop(): Promise<void> {
    return this.#end();
  }
}
