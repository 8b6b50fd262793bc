import type { Check } from '../check.ts';
import { agree, agreeOn, such } from '../difference.ts';
import { isRecord } from '../json.ts';
import { objectOf } from '../read.ts';

const refusedText = 'Invalid Organization or User secret, or invalid Element token provided.';

const requestId = such(
  '24 hexadecimal digits that begin with the time',
  (value) =>
    typeof value === 'string' && /^[0-9a-f]{24}$/.test(value) && isTime(Number.parseInt(value.slice(0, 8), 16)),
);

/** Whether a number of seconds is between the years 2010 and 2100: clocks of servers can stand anywhere. */
function isTime(seconds: number): boolean {
  return seconds > Date.UTC(2010) / 1000 && seconds < Date.UTC(2100) / 1000;
}

/** The places in JSON where there is a `null`. */
function nullsIn(value: unknown, at = 'body'): string[] {
  if (value === null) return [at];
  if (Array.isArray(value)) return value.flatMap((entry, n) => nullsIn(entry, `${at}.${n}`));
  return isRecord(value) ? Object.entries(value).flatMap(([key, entry]) => nullsIn(entry, `${at}.${key}`)) : [];
}

export const requestRows: readonly Check[] = [
  {
    id: 'success-is-200',
    sentence: 'Success is 200 for every verb; deleting accounts and users answers an empty body',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, accountPath, newUser, createUser }) => {
      agree(await admin.post(`${await accountPath()}/users`, newUser()), 200);
      const user = await createUser();
      agree(await admin.patch(user.path, { firstName: 'Other' }), 200);
      agree(await admin.delete(user.path), { status: 200, text: '' });
      agree(await admin.delete(await accountPath()), { status: 200, text: '' });
    },
  },
  {
    id: 'error-envelope',
    sentence:
      'Every error answers `{"requestId", "message"}`. The `requestId` is 24 hexadecimal digits that begin with the time, and the answer repeats it as `Elements-Request-Id`',
    source: 'seed 000',
    note: "prints the body; the vendor's pages have the header",
    changes: 'nothing',
    run: async ({ admin, anyone, unknownId }) => {
      for (const answer of [await admin.get(`/accounts/${unknownId}`), await anyone.get('/accounts')]) {
        agree(answer, { status: such('an error', (status) => Number(status) >= 400), body: { requestId } });
        const { requestId: id, message } = isRecord(answer.body) ? answer.body : {};
        agreeOn(
          `${answer.call}: message`,
          message,
          such('a text', (value) => typeof value === 'string'),
        );
        agreeOn(`${answer.call}: header Elements-Request-Id`, answer.headers.get('elements-request-id'), id);
        agreeOn(`${answer.call}: keys`, Object.keys(isRecord(answer.body) ? answer.body : {}).sort(), [
          'message',
          'requestId',
        ]);
      }
    },
  },
  {
    id: 'error-texts-known',
    sentence: 'The texts `No users found` and `No account found with ID …`',
    source: 'seed 000',
    note: "prints the former; the vendor's pages have the latter",
    changes: 'nothing',
    run: async ({ admin, unknownId }) => {
      agree(await admin.get(`/accounts/${unknownId}`), {
        status: 404,
        body: { message: `No account found with ID ${unknownId}` },
      });
      agree(await admin.get('/organizations/users', { query: { where: `id=${unknownId}` } }), {
        status: 404,
        body: { message: 'No users found' },
      });
    },
  },
  {
    id: 'error-texts-ours',
    sentence: 'All other error texts; they name the field, id or position at fault',
    source: 'ours',
    changes: 'nothing',
    run: async ({ admin, unknownId }) => {
      agree(await admin.get('/accounts', { query: { pageSize: 'many' } }), {
        status: 400,
        body: { message: /pageSize/ },
      });
      agree(await admin.get('/accounts', { query: { where: "nmae='x'" } }), { status: 400, body: { message: /nmae/ } });
      agree(await admin.get('/accounts', { query: { where: 'id=1 id=2' } }), {
        status: 400,
        body: { message: /position|character|column|\b6\b/ },
      });
      agree(await admin.get(`/organizations/users/${unknownId}`), {
        status: 404,
        body: { message: new RegExp(String(unknownId)) },
      });
    },
  },
  {
    id: 'unauthorized-text',
    sentence: 'Every 401 has the same text',
    source: 'vendor docs',
    note: `\`${refusedText}\``,
    changes: 'nothing',
    run: async ({ anyone, organizationSecret }) => {
      const unknown = `User nobody, Organization ${organizationSecret}`;
      for (const authorization of [undefined, 'User a, Organization b', unknown, 'Bearer nothing']) {
        agree(await anyone.as(authorization).get('/accounts'), { status: 401, body: { message: refusedText } });
      }
    },
  },
  {
    id: 'unknown-path',
    sentence: 'An unknown path is 404 with the envelope of an error',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin }) => {
      agree(await admin.get('/nowhere-at-all'), { status: 404, body: { requestId } });
    },
  },
  {
    id: 'wrong-verb',
    sentence: 'A verb that a path does not have is 405, with `Allow`',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin }) => {
      agree(await admin.get('/authentication'), { status: 405, headers: { allow: /\bPOST\b/ } });
    },
  },
  {
    id: 'accept',
    sentence: 'A request that accepts no JSON is 406',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin }) => {
      agree(await admin.get('/organizations/me', { headers: { Accept: 'text/html' } }), 406);
      agree(await admin.get('/organizations/me', { headers: { Accept: 'text/html, */*;q=0.1' } }), 200);
    },
  },
  {
    id: 'slashes',
    sentence: 'A path may end in a slash, and have doubled slashes',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin }) => {
      agree(await admin.get('/organizations/me/'), 200);
      agree(await admin.get('//organizations//me'), 200);
    },
  },
  {
    id: 'no-null',
    sentence: 'No answer has a `null`: a field that is not set is left out',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin }) => {
      for (const path of ['/organizations/me', '/accounts', '/organizations/users']) {
        const answer = await admin.get(path);
        agree(answer, 200);
        agreeOn(`${answer.call}: places with null`, nullsIn(answer.body), []);
      }
    },
  },
  {
    id: 'answer-type',
    sentence: 'The `Content-Type` of every answer with a body is `application/json`, also of errors',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin, unknownId }) => {
      agree(await admin.get('/organizations/me'), { headers: { 'content-type': /^application\/json\b/ } });
      agree(await admin.get(`/accounts/${unknownId}`), {
        status: 404,
        headers: { 'content-type': /^application\/json\b/ },
      });
    },
  },
  {
    id: 'long-path-parameter',
    sentence: 'A path parameter may be as long as the URL',
    source: 'ours',
    changes: 'nothing',
    run: async ({ admin }) => {
      const long = 'a'.repeat(3000);
      agree(await admin.get(`/organizations/users/${long}@example.com`), 404);
      agree(await admin.get(`/organizations/roles/${long}`), 405);
    },
  },
  {
    id: 'blank-query-parameter',
    sentence: 'A blank query parameter counts as absent; of a repeated parameter the first counts',
    source: 'ours',
    changes: 'nothing',
    run: async ({ admin }) => {
      agree(await admin.get('/accounts?pageSize=&where='), 200);
      agree(await admin.get('/accounts?pageSize=1&pageSize=x'), { body: [{}] });
    },
  },
  {
    id: 'head-and-options',
    sentence: 'HEAD is answered as GET without its body; OPTIONS is 200 on every known path',
    source: 'ours',
    changes: 'nothing',
    run: async ({ admin, anyone }) => {
      agree(await admin.send('HEAD', '/organizations/me'), { status: 200, text: '' });
      agree(await anyone.send('OPTIONS', '/accounts'), 200);
      agree(await anyone.send('OPTIONS', '/organizations/roles/1'), 200);
    },
  },
  {
    id: 'put-is-patch',
    sentence: '`PUT` changes only the fields that it is given, as `PATCH` does',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const before = objectOf(await admin.get(await accountPath()));
      agree(await admin.put(await accountPath(), { description: 'other' }), {
        body: { name: before.name, externalId: before.externalId, description: 'other' },
      });
      const { path, email } = await createUser();
      agree(await admin.put(path, { firstName: 'Other' }), { body: { firstName: 'Other', lastName: 'User', email } });
    },
  },
];
