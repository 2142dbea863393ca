import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import tls, { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { Unreachable } from '../model/streams/errors.ts';

/** The certification authorities that the settings name in addition to the public ones. */
export interface Certificates {
  /** The files, as the settings name them. */
  files: readonly string[];
  /** Their certificates, each in PEM. */
  pem: readonly string[];
}

/** Only the public authorities. */
export const publicCertificates: Certificates = { files: [], pem: [] };

/**
 * Reads the certificates in a PEM file. Throws an error whose message says what is wrong with the file, to
 * be put after its name.
 */
export function readCertificates(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'no file'})`, {
      cause,
    });
  }
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  if (found === null)
    throw new Error('contains no certificate in PEM (-----BEGIN CERTIFICATE-----)');
  found.forEach((pem, index) => {
    try {
      new X509Certificate(pem);
    } catch (cause) {
      throw new Error(`contains a certificate that is damaged (number ${index + 1})`, { cause });
    }
  });
  return found;
}

/** What Node trusts by itself, also by its options; before Node 22 only its own list can be asked for. */
const { getCACertificates = () => rootCertificates } = tls as {
  getCACertificates?: () => readonly string[];
};

/** What our own TLS clients trust: what Node does, and these. `undefined`, Node's default, if there are no others. */
export function trustIn({ pem }: Certificates): SecureContext | undefined {
  if (pem.length === 0) return undefined;
  return createSecureContext({ ca: [...new Set([...getCACertificates(), ...pem])] });
}

/** The codes of certificates whose authority is not known (Node's documentation of `tls`). */
const unknownAuthority = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
]);

/** An error of a TLS connection in words, if it is about the certificate of `host`; otherwise unchanged. */
export function explainCertificate(error: Error, host: string): Error {
  // Nodemailer moves the code of an error that it did not make itself.
  const { code = '', originalCode = code } = error as { code?: string; originalCode?: string };
  const known = explanationOf(originalCode, host);
  return known === null ? error : new Unreachable(known, { cause: error });
}

function explanationOf(code: string, host: string): string | null {
  if (unknownAuthority.has(code))
    return (
      `The certificate of ${host} is not from an authority that is known here (${code}). ` +
      'If it is from one of your own, name the file with its certificate in GITWARD_CA_FILE.'
    );
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code.startsWith('CERT_'))
    return `The certificate of ${host} is not valid (${code}). Check it there.`;
  return null;
}
