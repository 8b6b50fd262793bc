import type { Check } from '../check.ts';
import { absent, agree, such } from '../difference.ts';

const origin = 'https://app.example.com';
const headers = { Origin: origin };

/** Expects a header whose list has all of the names, in any case of letters. */
function listing(...names: readonly string[]) {
  return such(`a list with ${names.join(', ')}`, (value) => {
    const listed = String(value)
      .toLowerCase()
      .split(/\s*,\s*/);
    return names.every((name) => listed.includes(name.toLowerCase()));
  });
}

const echoed = {
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
};

export const browserRows: readonly Check[] = [
  {
    id: 'cors',
    sentence:
      "A browser may read every answer, also errors and answers to requests with credentials: the answer echoes the request's `Origin`, with `Access-Control-Allow-Credentials`, or has `*` when there is no `Origin`",
    source: 'vendor docs',
    note: "the vendor's browser clients log in with credentials",
    changes: 'nothing',
    run: async ({ admin, anyone }) => {
      agree(await admin.get('/organizations/me', { headers }), { headers: echoed });
      agree(await anyone.get('/organizations/me', { headers }), { status: 401, headers: echoed });
      agree(await admin.get('/organizations/me'), {
        headers: { 'access-control-allow-origin': '*', 'access-control-allow-credentials': absent },
      });
    },
  },
  {
    id: 'cors-vary',
    sentence:
      'Every answer has `Vary: Origin`; a preflight with `Access-Control-Request-Private-Network: true` is granted',
    source: 'ours',
    changes: 'nothing',
    run: async ({ admin, anyone }) => {
      agree(await admin.get('/organizations/me'), { headers: { vary: listing('Origin') } });
      agree(
        await anyone.send('OPTIONS', '/accounts', {
          headers: {
            ...headers,
            'Access-Control-Request-Method': 'GET',
            'Access-Control-Request-Private-Network': 'true',
          },
        }),
        { headers: { 'access-control-allow-private-network': 'true' } },
      );
    },
  },
  {
    id: 'cors-preflight',
    sentence: 'A preflight is 200 without credentials, and allows the method and the headers that it asks for',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ anyone }) => {
      agree(
        await anyone.send('OPTIONS', '/accounts', {
          headers: {
            ...headers,
            'Access-Control-Request-Method': 'POST',
            'Access-Control-Request-Headers': 'authorization,content-type',
          },
        }),
        {
          status: 200,
          headers: {
            ...echoed,
            'access-control-allow-methods': listing('POST'),
            'access-control-allow-headers': listing('Authorization', 'Content-Type'),
          },
        },
      );
    },
  },
  {
    id: 'cors-exposed-headers',
    sentence: "Scripts of a browser can read the platform's own headers, also those of errors",
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin, anyone }) => {
      const exposed = listing(
        'Elements-Returned-Count',
        'Elements-Total-Count',
        'Elements-Request-Id',
        'Elements-Next-Page-Token',
        'Elements-Trace-Id',
        'Elements-Error',
        'Content-Disposition',
      );
      agree(await admin.get('/accounts', { headers }), { headers: { 'access-control-expose-headers': exposed } });
      agree(await anyone.get('/accounts', { headers }), {
        status: 401,
        headers: { 'access-control-expose-headers': exposed },
      });
    },
  },
];
