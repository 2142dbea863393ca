import { fetch } from 'undici';
import { createDispatcher } from '../../network/dispatcher.ts';
import type { NetworkSettings } from '../../network/reach.ts';
import type { ApiFetch } from './api-client.ts';

/** Sends requests of an operator's own client through the proxy of the settings, and with their certificates. */
export function fetchBySettings(network: NetworkSettings): ApiFetch {
  // The client itself knows how long it waits.
  const dispatcher = createDispatcher(null, { network, headersTimeout: 0, bodyTimeout: 0 });
  return (url, request) => fetch(url, { ...request, dispatcher });
}
