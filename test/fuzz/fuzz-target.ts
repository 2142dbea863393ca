import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startConnectProxy, type ConnectProxy } from '../support/network/connect-proxy.ts';
import { setStage } from '../chaos/driver/stage.ts';
import { World } from '../chaos/world.ts';
import { operationNames, settingsOf, withKnown, type Description } from './description.ts';
import { countOf, openGateway, type Gateway } from './gateway.ts';
import { runSchemathesis, type RunOutcome } from './run-schemathesis.ts';
import { setRoundStage, type FuzzingRole } from './stage.ts';

/** One round: what is asked, as whom. */
export interface Round {
  number: number;
  role: FuzzingRole;
  seed: number;
  examples: number;
  /** Whether each rule of each schema is tried, and not only what is made up. */
  isThorough: boolean;
  only: string | null;
}

/** Gitward with all that it needs, as something to be fuzzed. */
export class FuzzTarget {
  readonly world: World;
  readonly gateway: Gateway;
  readonly #proxy: ConnectProxy;
  readonly #command: string;

  private constructor(world: World, gateway: Gateway, proxy: ConnectProxy, command: string) {
    this.world = world;
    this.gateway = gateway;
    this.#proxy = proxy;
    this.#command = command;
  }

  /** Starts the build in `dist`; `command` is that of schemathesis. */
  static async start(dist: string, command: string): Promise<FuzzTarget> {
    // It lets nothing through: no host whose name was made up is asked anything.
    const proxy = await startConnectProxy();
    const world = await World.start({
      dist,
      settings: {
        HTTPS_PROXY: proxy.url,
        HTTP_PROXY: proxy.url,
        NO_PROXY: '127.0.0.1',
        GITWARD_TRUST_PROXY: '127.0.0.1',
      },
    });
    await setStage(world);
    const { paths } = await describe(world);
    const gateway = await openGateway({ apiUrl: world.apiUrl, paths: Object.keys(paths) });
    return new FuzzTarget(world, gateway, proxy, command);
  }

  /** How many requests were answered since the start. */
  get requests(): number {
    return countOf(this.gateway);
  }

  /** The operations of the description, as `GET /v1/spaces/{space}`. */
  async operations(): Promise<ReadonlySet<string>> {
    return new Set(operationNames(await describe(this.world)));
  }

  async run(round: Round): Promise<RunOutcome> {
    const { number, role, seed, examples, isThorough, only } = round;
    const { token, known } = await setRoundStage(this.world, number, role);
    this.gateway.kept.add(token.id);
    const directory = join(this.world.directory, 'fuzz', String(number));
    await mkdir(directory, { recursive: true });
    const description = await describe(this.world);
    return runSchemathesis({
      ...{ command: this.#command, directory, url: this.gateway.url, token: token.token },
      ...{ seed, examples, only },
      phases: [...(isThorough ? ['coverage'] : []), 'fuzzing', 'stateful'],
      description: withKnown(description, known),
      settings: settingsOf(description),
    });
  }

  async stop(options: { keep?: boolean } = {}): Promise<void> {
    await this.gateway.close();
    await this.world.stop(options);
    await this.#proxy.close();
  }
}

async function describe({ apiUrl }: World): Promise<Description> {
  const answer = await fetch(`${apiUrl}/openapi.json`);
  return (await answer.json()) as Description;
}
