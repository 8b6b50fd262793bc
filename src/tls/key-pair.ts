import { messageOf } from '../text/message-of.ts';

/** Your own certificate and its private key: texts in PEM. */
export interface HttpsFiles {
  /** The private key, without a passphrase. */
  readonly key: string;
  /** The certificate, followed by those that signed it, if there are any. */
  readonly cert: string;
}

/** A certificate and its private key, and the certificate that a client has to trust. */
export interface Certificate extends HttpsFiles {
  readonly trusted: string;
}

/** Reads an option that is `true` or `{ key, cert }`. */
export function isHttps(value: unknown): boolean {
  if (typeof value === 'boolean') return true;
  if (typeof value !== 'object' || value === null) return false;
  const { key, cert, ...others } = value as Partial<HttpsFiles>;
  return typeof key === 'string' && typeof cert === 'string' && Object.keys(others).length === 0;
}

/**
 * Checks a given certificate.
 *
 * @throws {Error} without the texts, when they are not a key and a certificate, or do not belong together.
 */
export function checkKeyPair({ key, cert }: HttpsFiles): void {
  // Loaded only here, so that a start without the option does not wait for it.
  const tls: typeof import('node:tls') = require('node:tls');
  try {
    tls.createSecureContext({ key, cert });
  } catch (error) {
    const reason = messageOf(error).replace(/^error:[^:]*:[^:]*:[^:]*:/, '');
    throw new Error(
      `Option 'https' has a key and a certificate that cannot be used (${reason}): give both in PEM, without a passphrase, the ` +
        'key first that belongs to the certificate.',
    );
  }
}
