import { setNonce } from 'get-nonce';

/** The nonce of this page, without which the Content-Security-Policy allows no style element. */
export const nonce =
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// What locks scrolling behind a dialog makes a style element of its own.
setNonce(nonce);
