import { proxyFor } from '../../network/proxies.ts';
import type { NetworkSettings } from '../../network/reach.ts';
import type { ApiFetch } from './api-client.ts';

/**
 * How an operator's own client sends requests to an address: as Node does, unless the settings name a proxy or certificates for
 * it. What those need is large, and loaded only then.
 */
export async function fetchFor(url: string, network: NetworkSettings): Promise<ApiFetch> {
  const isThrough = URL.canParse(url) && proxyFor(network.proxies, new URL(url)) !== null;
  if (!isThrough && network.certificates.pem.length === 0) return globalThis.fetch;
  const [{ fetch }, { createDispatcher }] = await Promise.all([
    import('undici'),
    import('../../network/dispatcher.ts'),
  ]);
  // The client itself knows how long it waits.
  const dispatcher = createDispatcher(null, { network, headersTimeout: 0, bodyTimeout: 0 });
  return (address, request) => fetch(address, { ...request, dispatcher });
}
