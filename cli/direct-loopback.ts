/** What this machine calls itself; `[::1]` is how some clients write it. */
const loopback = ['localhost', '127.0.0.1', '::1', '[::1]'];
/** Where programs look for what no proxy is asked for; gRPC prefers its own. */
const names = ['no_proxy', 'NO_PROXY', 'no_grpc_proxy'] as const;

/**
 * Lets connections to this machine itself never go through a proxy, whatever proxy the environment names: our own servers
 * (PostgreSQL, Temporal) can be reached only directly. What the environment leaves out already stays left out.
 */
export function goDirectlyOnLoopback(env: NodeJS.ProcessEnv): void {
  const given = env.no_proxy ?? env.NO_PROXY ?? '';
  for (const name of names) {
    // Only if it is set does gRPC's own list replace the other one.
    if (name === 'no_grpc_proxy' && env[name] === undefined) continue;
    const hosts = (env[name] ?? given).split(',').map((host) => host.trim());
    env[name] = [...new Set([...hosts, ...loopback])].filter((host) => host !== '').join(',');
  }
}
