import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runIn } from '../cli/terminal.ts';

type Value = Readonly<Record<string, unknown>>;

/** What a server of a test answers; it has as little of the platform as `fixture pull` reads. */
export interface SmallPlatform {
  readonly organization?: Value;
  readonly accounts?: readonly unknown[];
  /** The users by the id of their account. */
  readonly users?: Readonly<Record<number, readonly unknown[]>>;
  readonly roles?: unknown;
  /** The roles of account 2, which is the default account. Default: that of an administrator. */
  readonly ownRoles?: readonly string[];
  /** The most records of a page, however many a request asks for. Default: any number. */
  readonly cap?: number;
  /** Whether lists have the header `Elements-Total-Count`. Default: true. */
  readonly hasTotal?: boolean;
  /** Answers a path in another way when it returns true. */
  readonly answer?: undefined | ((path: string, query: URLSearchParams, response: ServerResponse) => boolean);
}

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  return true;
}

/** Starts the server, until the end of the test. @returns its base URL. */
export async function servePlatform(platform: SmallPlatform): Promise<string> {
  const { organization = {}, accounts = [{ id: 2, defaultAccount: true }], users = {}, roles = [] } = platform;
  const { ownRoles = ['org-admin'] } = platform;
  const { cap = Number.POSITIVE_INFINITY, hasTotal = true, answer = () => false } = platform;
  const server = createServer(({ url = '' }, response) => {
    const { pathname: path, searchParams: query } = new URL(url, 'http://x');
    if (answer(path, query, response)) return;
    const list = (records: readonly unknown[]) => {
      const offset = Number(query.get('offset'));
      const size = Math.min(cap, Number(query.get('pageSize')));
      if (hasTotal) response.setHeader('Elements-Total-Count', records.length);
      return answerJson(response, 200, records.slice(offset, offset + size));
    };
    if (path === '/organizations/me') answerJson(response, 200, { id: 1, name: 'Small', ...organization });
    else if (path === '/organizations/roles') answerJson(response, 200, roles);
    else if (path === '/accounts') list(accounts);
    else if (path === '/organizations/users') list([]);
    else if (path === '/accounts/2/roles') answerJson(response, 200, ownRoles);
    else if (/^\/accounts\/\d+\/roles$/.test(path)) answerJson(response, 200, []);
    else list(users[Number(/\d+/.exec(path)?.[0])] ?? []);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const secrets = { CE_USER_SECRET: 'the-user-secret', CE_ORGANIZATION_SECRET: 'the-organization-secret' };

/** Runs `fixture pull` with the names kept; the notes are what it says below its summary. */
export async function pullFrom(platform: SmallPlatform, ...options: string[]) {
  const baseUrl = await servePlatform(platform);
  const names = options.length === 0 ? ['--keep-names'] : options;
  const { out, err, exitCode } = await runIn(secrets, 'fixture', 'pull', baseUrl, '-', ...names);
  const [organization] = out === '' ? [] : JSON.parse(out).organizations;
  const [summary = '', ...notes] = err.trimEnd().split('\n');
  return { organization, summary, notes, err, exitCode };
}
