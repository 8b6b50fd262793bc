import type { Certificate, HttpsFiles } from './key-pair.ts';

/**
 * Makes a certificate, or returns the one given.
 *
 * @param hosts names and addresses of this machine, in addition to the local ones.
 */
export async function provideCertificate(option: true | HttpsFiles, hosts: readonly string[]): Promise<Certificate> {
  if (option !== true) return { ...option, trusted: option.cert };
  // A separate file of the package: it is loaded only with the option.
  const { makeCertificate }: typeof import('./make-certificate.ts') = require('./make-certificate.ts');
  const names = ['localhost', '127.0.0.1', '::1', ...hosts.map((host) => host.replace(/^\[|]$/g, ''))];
  return makeCertificate([...new Set(names)].filter((name) => name !== '0.0.0.0' && name !== '::'));
}
