/** Where a client finds who listens on an address; one cannot connect to "all addresses". */
export function formatUrl(address: string, port: number): string {
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[address] ?? address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
