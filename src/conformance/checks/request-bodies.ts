import type { Check } from '../check.ts';
import { agree } from '../difference.ts';
import { objectOf, textOf } from '../read.ts';

const json = { 'Content-Type': 'application/json' };

export const bodyRows: readonly Check[] = [
  {
    id: 'body-null',
    sentence: 'A body of literal `null` counts as no body, as an empty one does',
    source: 'vendor docs',
    note: "the vendor's clients send it",
    changes: 'account',
    run: async ({ admin, createUser }) => {
      agree(await admin.delete((await createUser()).path, { headers: json, raw: 'null' }), 200);
      agree(await admin.delete((await createUser()).path, { headers: json, raw: '' }), 200);
      agree(await admin.put((await createUser()).path, undefined, { headers: json, raw: 'null' }), 200);
    },
  },
  {
    id: 'body-not-json',
    sentence: 'A body that is not JSON is 400, and changes nothing',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      const { name } = objectOf(await admin.get(await accountPath()));
      agree(await admin.patch(await accountPath(), undefined, { headers: json, raw: '{"name": "other"' }), 400);
      agree(await admin.get(await accountPath()), { body: { name } });
    },
  },
  {
    id: 'body-not-utf8',
    sentence:
      'An operation that takes a body answers 400 to one that is not UTF-8, and changes nothing. A fixture or data file that is not UTF-8 is refused and left as it is',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      const { name } = objectOf(await admin.get(await accountPath()));
      const raw = Uint8Array.from([...new TextEncoder().encode('{"name": "'), 0xe9, ...new TextEncoder().encode('"}')]);
      agree(await admin.patch(await accountPath(), undefined, { headers: json, raw }), 400);
      agree(await admin.get(await accountPath()), { body: { name } });
    },
  },
  {
    id: 'body-charset',
    sentence: '`charset=utf8` and `charset=us-ascii` count as UTF-8',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      for (const charset of ['utf8', 'us-ascii', 'UTF-8']) {
        const headers = { 'Content-Type': `application/json; charset=${charset}` };
        const raw = JSON.stringify({ description: `é in ${charset}` });
        agree(await admin.patch(await accountPath(), undefined, { headers, raw }), {
          body: { description: `é in ${charset}` },
        });
      }
    },
  },
  {
    id: 'body-without-type',
    sentence: 'A body without a `Content-Type` is 415, unless it is `null` or empty',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      agree(await admin.patch(await accountPath(), undefined, { raw: '{"name": "other"}' }), 415);
      agree(await admin.put(await accountPath(), undefined, { raw: 'null' }), 200);
    },
  },
  {
    id: 'body-of-other-type',
    sentence: 'A body with a `Content-Type` that is not JSON is 415',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      const headers = { 'Content-Type': 'application/xml' };
      agree(await admin.patch(await accountPath(), undefined, { headers, raw: '<name>other</name>' }), 415);
    },
  },
  {
    id: 'body-not-taken',
    sentence: 'An operation that takes no body ignores one, of any type and size, JSON or not',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const headers = { 'Content-Type': 'text/plain' };
      agree(await admin.delete((await createUser()).path, { headers, raw: 'not JSON' }), 200);
      agree(await admin.delete((await createUser()).path, { headers: json, raw: '{"not": "JSON' }), 200);
    },
  },
  {
    id: 'large-numbers',
    sentence:
      'A whole number beyond 2^53 keeps its digits as an `externalId`, in every notation (`1e21` too), and is 400 in every other known field; the journal shows it as text. A fixture or data file with such a number is refused',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      const patch = async (raw: string) => admin.patch(await accountPath(), undefined, { headers: json, raw });
      agree(await patch('{"externalId": 12345678901234567890}'), { body: { externalId: '12345678901234567890' } });
      agree(await patch('{"externalId": 1e21}'), { body: { externalId: '1000000000000000000000' } });
      agree(await patch('{"name": 12345678901234567890}'), 400);
    },
  },
  {
    id: 'null-is-not-given',
    sentence: '`null` in a request counts as "not given", a blank required field as missing',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath, newUser }) => {
      const { name } = objectOf(await admin.get(await accountPath()));
      agree(await admin.patch(await accountPath(), { name: null, description: 'other' }), {
        body: { name, description: 'other' },
      });
      agree(await admin.post(`${await accountPath()}/users`, newUser({ firstName: ' ' })), {
        status: 400,
        body: { message: /firstName/ },
      });
    },
  },
  {
    id: 'unknown-fields',
    sentence: 'Unknown fields of a body are ignored: clients send whole objects back',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const account = objectOf(await admin.get(await accountPath()));
      agree(await admin.patch(await accountPath(), { ...account, whatever: 1 }), { body: account });
      const { path, body } = await createUser();
      const { secret: _, ...shown } = body;
      const answer = await admin.patch(path, { ...shown, whatever: 1, firstName: 'Other' });
      agree(answer, { body: { id: body.id, firstName: 'Other' } });
      textOf(objectOf(answer), 'email', answer.call);
    },
  },
];
