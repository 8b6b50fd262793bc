import { type Answer, Contract } from './enforce/contract.ts';
import { readDocument } from './enforce/folder.ts';

/** The check of every answer of the suite, tried with wrong answers. */

const contract = new Contract(readDocument());

const id = '5e5b8c6e0123456789abcdef';
const json = { 'content-type': 'application/json; charset=utf-8', 'elements-request-id': id };
const counts = { 'elements-total-count': '1', 'elements-returned-count': '1' };
const account = {
  ...{ id: 1, name: 'a', description: 'a', active: true, companyId: 1, createdDate: '2020-01-01' },
  ...{ externalId: 'a', defaultAccount: false, type: 'CompanyAccount' },
};

function answer({
  method = 'GET',
  path = '/accounts',
  status = 200,
  headers = { ...json, ...counts },
  body = [account],
}: Partial<Omit<Answer, 'headers' | 'body'>> & { headers?: Record<string, string>; body?: unknown }): Answer {
  return {
    method,
    path,
    status,
    headers: new Map(Object.entries(headers)),
    body: body === '' ? '' : JSON.stringify(body),
  };
}

const envelope = { requestId: id, message: 'No account found with ID 7' };
const noType = { 'elements-request-id': id };

test.each([
  ['a list', answer({}), 'getAccounts 200'],
  ['HEAD', answer({ method: 'HEAD' }), 'getAccounts 200'],
  ['an object', answer({ path: '/accounts/1', headers: json, body: account }), 'getAccountById 200'],
  ['nothing', answer({ method: 'DELETE', path: '/accounts/1', headers: noType, body: '' }), 'deleteAccount 200'],
  ['an error', answer({ path: '/accounts/7', status: 404, headers: json, body: envelope }), 'getAccountById 404'],
  [
    'a method of the same path',
    answer({ method: 'PUT', path: '/organizations/roles/reset', body: [] }),
    'resetOrganizationRoles 200',
  ],
  ['an unknown path', answer({ path: '/nowhere', status: 404, headers: json, body: envelope }), undefined],
  ['a malformed path', answer({ path: '/accounts/%zz', status: 404, headers: json, body: envelope }), undefined],
  [
    'a path that is not emulated',
    answer({ path: '/accounts/jobs', status: 501, headers: json, body: envelope }),
    undefined,
  ],
  [
    'an unknown method',
    answer({ method: 'PUT', status: 405, headers: { ...json, allow: 'GET' }, body: envelope }),
    undefined,
  ],
  ['a preflight', answer({ method: 'OPTIONS', headers: { ...noType, allow: 'GET' }, body: '' }), undefined],
])('%s is accepted as documented', (_, given, expected) => {
  const { faults, answer: name } = contract.judge(given);
  expect(faults).toEqual([]);
  expect(name).toBe(expected);
});

const { type: _type, ...short } = account;
test.each([
  [
    'an additional field',
    answer({ body: [{ ...account, surplus: 1 }] }),
    /getAccounts 200: body\/0 must NOT have additional properties.*surplus/,
  ],
  ['a missing field', answer({ body: [short] }), /body\/0 must have required property 'type'/],
  ['another type', answer({ body: [{ ...account, id: '1' }] }), /body\/0\/id must be integer/],
  ['another date', answer({ body: [{ ...account, createdDate: 5 }] }), /createdDate must be string/],
  ['an object in place of a list', answer({ body: account }), /body must be array/],
  ['a missing header', answer({ headers: json }), /header Elements-Total-Count is missing/],
  [
    'a wrong header',
    answer({ headers: { ...json, ...counts, 'elements-total-count': 'x' } }),
    /Elements-Total-Count .*must be integer/,
  ],
  [
    'another request id',
    answer({ headers: { ...json, ...counts, 'elements-request-id': 'x' } }),
    /Elements-Request-Id .*must match pattern/,
  ],
  [
    'another Content-Type',
    answer({ headers: { ...json, ...counts, 'content-type': 'text/html' } }),
    /Content-Type is text\/html/,
  ],
  [
    'a body where none is documented',
    answer({ method: 'DELETE', path: '/accounts/1', headers: noType, body: {} }),
    /deleteAccount 200: a body/,
  ],
  [
    'a Content-Type without a body',
    answer({ method: 'DELETE', path: '/accounts/1', headers: json, body: '' }),
    /of an empty body/,
  ],
  ['an undocumented status', answer({ status: 201 }), /getAccounts 201 is not documented/],
  [
    'an envelope without requestId',
    answer({ status: 401, headers: json, body: { message: 'x' } }),
    /getAccounts 401: body must have required property 'requestId'/,
  ],
  ['an unknown path', answer({ path: '/nowhere' }), /status 200 where no operation is, in place of 404, 501/],
  [
    'an envelope without fields for an unknown path',
    answer({ path: '/nowhere', status: 404, headers: json, body: {} }),
    /required property/,
  ],
  ['405 without Allow', answer({ method: 'PUT', status: 405, headers: json, body: envelope }), /405 without Allow/],
  [
    '501 of an operation',
    answer({ path: '/accounts/7', status: 501, headers: json, body: envelope }),
    /501 is not documented/,
  ],
])('%s is reported as not documented', (_, given, message) => {
  expect(contract.judge(given).faults.join('\n')).toMatch(message);
});

test('the contract has every documented answer by operation and status', () => {
  expect(contract.answers).toContain('createAccount 409');
  expect(contract.answers).not.toContain('getAccounts 409');
});
