/**
 * The hosts of the platform: those of the documents (seed 000 to seed 003), those of the vendor's other environments,
 * which seed 003 calls staging and snapshot, and those of SAP Open Connectors in every region. The documents have only
 * the first two names; docs/programming-interface.md has the sources of the others.
 */
export const platformHosts: readonly string[] = [
  'api.cloud-elements.com',
  'console.cloud-elements.com',
  'staging.cloud-elements.com',
  'snapshot.cloud-elements.com',
  'api.cloud-elements.co.uk',
  'console.cloud-elements.co.uk',
  'api.openconnectors.ext.hana.ondemand.com',
  'api.openconnectors.*.ext.hana.ondemand.com',
  'api.openconnectors.ext.hanatrial.ondemand.com',
];

/** Whether a text is a host name or a pattern of host names with a `*` in place of a part, such as `*.example.com`. */
export function isHostPattern(text: unknown): text is string {
  return typeof text === 'string' && /^(?:(?:[\w-]+|\*)\.)*[\w-]+\.?$/.test(text);
}

/**
 * Compiles names of hosts. A `*` matches one or more parts: `*.example.com` matches `a.example.com` and
 * `b.a.example.com`, but not `example.com`.
 *
 * @returns whether a host in lower case is one of them.
 */
export function compileHosts(patterns: readonly string[]): (host: string) => boolean {
  const names = patterns.map(tidyHost);
  const literal = new Set(names);
  const wild = names
    .filter((name) => name.includes('*'))
    .map((name) => new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '[^.]+(?:\\.[^.]+)*')}$`));
  return (host) => literal.has(host) || wild.some((pattern) => pattern.test(host));
}

/** A host in lower case, without its port and a dot at its end. */
export function tidyHost(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
}
