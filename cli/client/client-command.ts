import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { ConfigError } from '../../model/config-error.ts';
import { ApiRefused, ApiUnreachable, createApiClient, type ApiClient } from './api-client.ts';
import { inCommandWords } from './command-words.ts';
import { utf8Text } from './utf8-text.ts';

/** What a client command uses of its process; tests pass their own. */
export interface ClientIo {
  env: NodeJS.ProcessEnv;
  out(text: string): void;
  error(text: string): void;
  setExitCode(code: number): void;
  /** All of standard input; throws {@link UsageError} if it is not UTF-8. */
  readInput(): Promise<string>;
  /** Reads a secret from standard input; if that is a terminal, prompts for it without echo. */
  readSecret(question: string): Promise<string>;
}

/** The output of a client command, as JSON and as text; `exitCode` defaults to 0. */
export interface Said {
  json: unknown;
  text: string;
  exitCode?: 0 | 1;
}

/** Options that every client command has. */
interface ClientOptions {
  json?: boolean;
  url?: string;
}

const exitCodes = `
Exit codes: 0 success; 1 the API refused the request (or some of the events); 2 the command line or the
settings are wrong; 3 the API does not answer.
The token is GITWARD_TOKEN, or else the admin token (GITWARD_ADMIN_TOKEN, or the file admin-token in GITWARD_DATA_DIR).`;

/**
 * Makes a command a client of the API. `act` gets the client, the command's arguments and its
 * options, and returns what to print; with `--json`, standard output is only the answer (or the
 * problem, if the request was refused).
 */
export function asClient(
  command: Command,
  io: ClientIo,
  act: (client: ApiClient, ...given: never[]) => Promise<Said>,
): Command {
  return command
    .option('--json', "print the API's answer as JSON")
    .option('--url <url>', "the API's address (default: GITWARD_URL, or http://127.0.0.1:8080)")
    .addHelpText('after', exitCodes)
    .action(async (...given: unknown[]) => {
      const { json = false, url } = command.opts<ClientOptions>();
      try {
        const client = await clientFrom(io, url);
        // Commander passes the options and the command itself as the last arguments.
        const said = await act(client, ...(given.slice(0, -1) as never[]));
        io.out(json ? `${JSON.stringify(said.json, null, 2)}\n` : withLineEnd(said.text));
        io.setExitCode(said.exitCode ?? 0);
      } catch (error) {
        io.setExitCode(failed(error, json, io, command));
      }
    });
}

/**
 * Prints what is wrong and returns the exit code. Rethrows any other error, so that bugs are not
 * hidden.
 */
function failed(error: unknown, json: boolean, io: ClientIo, command: Command): number {
  if (error instanceof ApiRefused) {
    if (json) io.out(`${JSON.stringify(error.problem, null, 2)}\n`);
    io.error(`gitward: ${refusalText(error, command)}\n`);
    return 1;
  }
  if (error instanceof ApiUnreachable) {
    io.error(`gitward: ${error.message}\n`);
    return 3;
  }
  if (error instanceof UsageError || error instanceof ConfigError) {
    io.error(`gitward: ${error.message}\n`);
    return 2;
  }
  throw error;
}

/** A refusal; what is wrong with the request itself is said about the command line. */
function refusalText({ code, errors, message }: ApiRefused, command: Command): string {
  if (code !== 'invalid_request' || errors.length === 0) return message;
  return `${inCommandWords(errors, command)} (${code})`;
}

/** Something given on the command line, or read because of it, cannot be used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A client of the API that the environment names. Throws {@link UsageError} if there is no token for it. */
export async function clientFrom(io: ClientIo, url: string | undefined): Promise<ApiClient> {
  // The help of a command needs none of this.
  const [{ readConfig }, { fetchFor }] = await Promise.all([
    import('../../config.ts'),
    import('./fetch-for.ts'),
  ]);
  const config = readConfig(io.env);
  if (url !== undefined && !/^https?:\/\//.test(url))
    throw new UsageError(`--url is "${url}": give an address such as http://127.0.0.1:8080.`);
  const token = config.client.token ?? config.adminToken ?? (await storedToken(config.dataDir));
  const address = url ?? config.client.url;
  return createApiClient({
    url: address,
    token,
    fetch: await fetchFor(address, config.network),
    onExpiry: (at) => io.error(`gitward: Your token expires at ${at}. Ask an admin for another.\n`),
  });
}

async function storedToken(dataDir: string): Promise<string> {
  const file = join(dataDir, 'admin-token');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new UsageError(
      `There is no token: set GITWARD_TOKEN, or run this where ${file} is readable.`,
      { cause },
    );
  }
}

function withLineEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The process itself. */
export const processIo: ClientIo = {
  env: process.env,
  out: (text) => write(process.stdout, text),
  error: (text) => write(process.stderr, text),
  setExitCode(code) {
    process.exitCode = code;
  },
  readInput,
  async readSecret(question) {
    const text = process.stdin.isTTY ? await askUnseen(question) : await readInput();
    const secret = text.trim();
    if (secret === '') throw new UsageError(`${question} is empty: give it on standard input.`);
    return secret;
  },
};

/** The reader may stop early (`| head`), which is not a failure of the command. */
function write(stream: NodeJS.WriteStream, text: string): void {
  stream.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  stream.write(text);
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Buffer));
  const text = utf8Text(Buffer.concat(chunks));
  if (text === null) throw new UsageError('Standard input is not UTF-8.');
  return text;
}

async function askUnseen(question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  // Without an output readline echoes nothing, and as a terminal it turns off the system's echo.
  const prompt = createInterface({ input: process.stdin, terminal: true });
  try {
    return await prompt.question('');
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
