import { connect } from 'node:net';
import { parseNoProxy } from '../../../network/no-proxy.ts';
import { portOf, type Proxy } from '../../../network/proxies.ts';
import type { Examined } from '../examined.ts';
import { fails, ok, warning, type Check, type Found } from '../check.ts';

/** How this machine calls itself. */
const loopback = ['localhost', '127.0.0.1', '::1'];
/** Where Temporal's client looks for a proxy (`@grpc/grpc-js`, `http_proxy.ts`): only at lower-case names. */
const grpcProxies = ['grpc_proxy', 'https_proxy', 'http_proxy'] as const;
/** How long a proxy may take to be reached, in milliseconds. */
const patience = 5_000;

/** Whether the proxies of the environment are there, and are asked only for what is outside. */
export const proxyCheck: Check = {
  name: 'proxy',
  async look(examined) {
    const { https, http } = examined.config.network.proxies;
    const named = [https, http].filter((proxy) => proxy !== null);
    if (named.length === 0) return [ok('None is set: all hosts are reached directly.')];
    return [
      ...(await Promise.all(named.map(reachFinding))),
      ...loopbackFindings(examined, named),
      ...temporalFindings(examined),
    ];
  },
};

async function reachFinding({ origin, authorization, setting }: Proxy): Promise<Found> {
  const url = new URL(origin);
  const reason = await whyNotReached(url.hostname.replace(/^\[|\]$/g, ''), portOf(url));
  if (reason !== null)
    return fails(
      `The proxy ${origin} of ${setting} cannot be reached (${reason}).`,
      `Correct its address and port in ${setting}, or start it: curl -v -x "$${setting}" https://example.com`,
    );
  return ok(
    `The proxy ${origin} of ${setting} can be reached; ${authorization === null ? 'it gets no user' : 'it gets a user and a password'}.`,
  );
}

/** Gitward goes there directly whatever is set, but what stands beside it may not. */
function loopbackFindings({ env }: Examined, named: readonly Proxy[]): Found[] {
  const isExempt = parseNoProxy(env.no_proxy ?? env.NO_PROXY ?? '');
  const caught = loopback.filter((host) => !isExempt(host, 0));
  if (caught.length === 0) return [];
  const settings = named.map(({ setting }) => setting).join(' and ');
  return [
    warning(
      `${settings} also catches this machine itself (${caught.join(', ')}): Gitward goes there directly all the same, but health checks, curl and Temporal's commands ask the proxy.`,
      `Add ${caught.join(',')} to NO_PROXY.`,
    ),
  ];
}

function temporalFindings({ env, config: { temporalAddress } }: Examined): Found[] {
  const setting = grpcProxies.find((name) => (env[name] ?? '') !== '');
  if (setting === undefined || temporalAddress === null) return [];
  const [, host = temporalAddress, port = '7233'] =
    /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(temporalAddress) ?? [];
  const isExempt = parseNoProxy(env.no_grpc_proxy ?? env.no_proxy ?? env.NO_PROXY ?? '');
  if (loopback.includes(host) || isExempt(host.toLowerCase(), Number(port))) return [];
  return [
    warning(
      `Temporal at ${temporalAddress} is asked through the proxy of ${setting}.`,
      `If it can be reached from here, add ${host} to NO_PROXY.`,
    ),
  ];
}

function whyNotReached(host: string, port: number): Promise<string | null> {
  const socket = connect({ host, port });
  return new Promise((resolve) => {
    const done = (reason: string | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reason);
    };
    const timer = setTimeout(() => done('ETIMEDOUT'), patience);
    socket.once('connect', () => done(null));
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
}
