import { controlPath } from '../http/paths.ts';
import type { Emulator } from '../index.ts';
import type { CertificateFile } from './https.ts';

/** The address of the sandbox page. */
export function sandboxOf({ url }: Emulator): string {
  return `${url}${controlPath}/`;
}

/**
 * The addresses and credentials for a first call.
 *
 * @param certificate what clients have to trust; `undefined` for HTTP.
 */
export function greet(emulator: Emulator, certificate: CertificateFile | undefined): string {
  const { url, baseUrl } = emulator;
  const addresses = [`  Base URL             ${baseUrl}`, `  Sandbox page         ${sandboxOf(emulator)}`];
  const trust: string[] = [];
  const curl = certificate?.path === undefined ? 'curl' : `curl --cacert ${quote(certificate.path)}`;
  if (certificate?.path !== undefined) {
    addresses.push(`  Certificate          ${certificate.path}`);
    trust.push(`  export NODE_EXTRA_CA_CERTS=${quote(certificate.path)}`);
  } else if (certificate !== undefined) {
    addresses.push(`  Certificate          curl --insecure ${url}${controlPath}/certificate`);
  }
  try {
    const { userSecret, organizationSecret, authorization } = emulator.credentials;
    return [
      ...addresses,
      `  User secret          ${userSecret}`,
      `  Organization secret  ${organizationSecret}`,
      '',
      ...trust,
      `  ${curl} -H 'Authorization: ${authorization}' ${baseUrl}/accounts`,
    ].join('\n');
  } catch {
    // The state has no administrator, for example after they have been deactivated.
    const hint = `  There is no administrator: ${curl} -X POST ${url}${controlPath}/reset goes back to the fixture.`;
    return [...addresses, '', ...trust, hint].join('\n');
  }
}

/** A path for a shell; most need no quotes. */
function quote(path: string): string {
  return /^[\w/.:\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
