import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describeFileError } from '../text/file-error.ts';
import type { HttpsFiles } from '../tls/key-pair.ts';
import { type Given, UsageError } from './values.ts';

/** The files of a certificate and its key, as the user named them. */
export interface KeyPairFiles {
  readonly key: Given;
  readonly cert: Given;
}

/** @throws {UsageError} for a file that cannot be read. */
export function readKeyPair({ key, cert }: KeyPairFiles): HttpsFiles {
  return { key: read(key), cert: read(cert) };
}

function read({ label, text: path }: Given): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${label} cannot be read: ${describeFileError(error, path, 'read')}.`);
  }
}

/** The certificate that clients have to trust, in a file, because most clients take a file name. */
export class CertificateFile {
  /** `undefined` where no file can be written: then clients can get it from the emulator. */
  readonly path: string | undefined;
  readonly #isOwn: boolean;

  /** @param given the file of the user, or `true` to write the certificate into a temporary file. */
  constructor(given: KeyPairFiles | true, certificate: string) {
    this.#isOwn = given === true;
    this.path = given === true ? write(certificate) : resolve(given.cert.text);
  }

  remove(): void {
    if (this.#isOwn && this.path !== undefined) rmSync(dirname(this.path), { recursive: true, force: true });
  }
}

function write(certificate: string): string | undefined {
  try {
    const path = join(mkdtempSync(join(tmpdir(), 'cloud-elements-emulator-')), 'certificate.pem');
    writeFileSync(path, certificate);
    return path;
  } catch {
    return undefined;
  }
}
