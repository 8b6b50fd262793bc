import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import { Clock } from '../state/clock.ts';
import type { Certificate } from './key-pair.ts';

const day = 86_400_000;
/** Browsers do not accept a server certificate with a longer validity. */
const validity = 396 * day;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * Makes a certificate for these names and addresses, and the authority that signs it. The authority's key is not kept:
 * a client that trusts the authority trusts only this certificate.
 */
export async function makeCertificate(hosts: readonly string[]): Promise<Certificate> {
  // In a suite's realm the library would not find it by itself.
  const { cryptoProvider } = x509;
  // Untyped, because its type is that of browsers, which have more algorithms.
  Reflect.apply(cryptoProvider.set, cryptoProvider, [webcrypto]);
  const now = new Clock().now();
  const term = { notBefore: new Date(now - day), notAfter: new Date(now + validity), signingAlgorithm: algorithm };
  const [authorityKeys, keys] = [await makeKeys(), await makeKeys()];
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...term,
    name: 'CN=cloud-elements-emulator on this machine',
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    ...term,
    subject: 'CN=localhost',
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(hosts.map(nameOf)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const [cert, trusted] = [certificate.toString('pem'), authority.toString('pem')];
  return { key: await writeKey(keys.privateKey), cert: `${cert}\n${trusted}\n`, trusted: `${trusted}\n` };
}

function makeKeys() {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function writeKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function nameOf(host: string): x509.GeneralName {
  return new x509.GeneralName(isIP(host) === 0 ? 'dns' : 'ip', host);
}
