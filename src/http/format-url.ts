/** The URL at which clients reach a server. They cannot connect to an address that means all addresses. */
export function formatUrl(address: string, port: number, isSecure = false): string {
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[address] ?? address;
  return `${isSecure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
