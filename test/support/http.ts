import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Sent {
  readonly port: number;
  readonly method: string;
  /** It is sent unchanged: supertest and fetch would normalize it. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer | undefined;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Reuses its connections; fetch and supertest would open new ones or take more time. */
export const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());

/** Sends a request to this machine. */
export function send({ port, method, path, headers, body }: Sent): Promise<Received> {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers: given, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
