import { useSandbox } from './browser.ts';

const given = useSandbox();
const headers = () => ({
  Authorization: given.emulator.credentials.authorization,
  'Content-Type': 'application/json',
});
const call = (path: string, method = 'GET', body?: object) =>
  fetch(`${given.emulator.baseUrl}${path}`, {
    method,
    headers: headers(),
    ...(body && { body: JSON.stringify(body) }),
  });
const filter = () => given.sandbox.page.getByLabel('Filter the journal');
const dialog = () => given.sandbox.page.getByRole('dialog');
const count = (text: string) => given.sandbox.page.locator('.journal-count').getByText(text, { exact: true });

describe('filters', () => {
  beforeAll(async () => {
    await call('/accounts', 'POST', { externalId: 'Northwind' });
    await call('/accounts', 'POST', { externalId: 'northwind' });
    await call('/accounts', 'POST', { externalId: 'Northwind' });
    await call('/accounts/4099');
    await call("/accounts?where=externalId='unheard-of'");
    given.emulator.faults.add({ path: '/organizations/me', status: 503 });
    await call('/organizations/me');
    await fetch(`${given.emulator.baseUrl}/accounts`);
    await count('7 requests').waitFor();
  });
  afterEach(() => filter().fill(''));

  test.each([
    ['409', '1 of 7', 'POST'],
    ['4099', '1 of 7', '/accounts/4099'],
    ['unheard-of', '1 of 7', 'where='],
    ['northwind', '3 of 7', 'POST'],
    ['fault 1', '1 of 7', '/organizations/me'],
    ['no authorization', '1 of 7', '401'],
    ['docs@cloud-elements.com 404', '1 of 7', '/accounts/4099'],
  ])('%s finds %s', async (text, found, shown) => {
    await filter().fill(text);
    await count(found).waitFor();
    await given.sandbox.requests.first().getByText(shown, { exact: false }).first().waitFor();
  });

  test('lists filter by status, method, operation and caller', async () => {
    const { page } = given.sandbox;
    await page.locator('.filter-line summary').click();
    for (const [label, value, found] of [
      ['Status', '200', '3 of 7'],
      ['Method', 'POST', '3 of 7'],
      ['Operation', 'getAccountById', '1 of 7'],
      ['Caller', 'none', '1 of 7'],
      ['Caller', 'docs@cloud-elements.com', '6 of 7'],
    ] as const) {
      const select = page.locator('.filters').getByLabel(label);
      await select.selectOption(value);
      await count(found).waitFor();
      await select.selectOption('');
    }
    await count('7 requests').waitFor();
    await page.locator('.filter-line summary').click();
  });

  test('a row has the query, the date of a clock that was moved, and the caller of a failed request', async () => {
    const { requests } = given.sandbox;
    await requests.filter({ hasText: 'unheard-of' }).getByText('2017-07-10 09:30:00').waitFor();
    const failed = requests.filter({ hasText: '/accounts/4099' });
    await failed.getByText('No account found with ID 4099', { exact: false }).first().waitFor();
    expect(await failed.textContent()).toContain('docs@cloud-elements.com');
  });

  test('neither the caller nor the reason of a failed request is cut off, with the date of a clock that was moved', async () => {
    const { emulator, sandbox } = given;
    const headers = { Authorization: emulator.authorizationFor('jane@acmedata.com') };
    await fetch(`${emulator.baseUrl}/accounts`, { headers });
    const row = sandbox.requests.filter({ hasText: 'user 412 is not an organization administrator' });
    await row.getByText('2017-07-10 09:30:00').waitFor();
    const cutOff = await row
      .locator('.detail')
      .evaluateAll((all) =>
        all.map((element) => ({ text: element.textContent, isCutOff: element.scrollWidth > element.clientWidth })),
      );
    expect(cutOff).toEqual([
      { text: 'jane@acmedata.com', isCutOff: false },
      { text: 'user 412 is not an organization administrator', isCutOff: false },
    ]);
    const [inner, outer] = await row.evaluate((element) =>
      [element.firstElementChild, element].map((each) => each?.getBoundingClientRect().height ?? 0),
    );
    expect(inner).toBeLessThan(outer ?? 0);
  });
});

describe('a request of the journal', () => {
  const open = async (text: string) => {
    await filter().fill(text);
    await given.sandbox.page.locator('.journal-count').getByText(/^1 of/).waitFor();
    await given.sandbox.requests.first().click();
    await dialog().waitFor();
  };
  beforeEach(() => given.emulator.reset());
  afterEach(async () => {
    await given.sandbox.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await filter().fill('');
  });

  test('its sheet shows the bodies of the request and of the response, without secrets', async () => {
    await call('/accounts', 'POST', { externalId: 'with-answer' });
    await call('/authentication/secrets');
    await open('with-answer');
    await dialog().getByRole('region', { name: 'Request body' }).getByText('"with-answer"').waitFor();
    await dialog().getByRole('region', { name: 'Response body' }).getByText('"defaultAccount"').waitFor();
    await given.sandbox.page.keyboard.press('Escape');
    await open('/authentication/secrets');
    await dialog().getByRole('region', { name: 'Response body' }).getByText('[redacted]').first().waitFor();
    expect(await dialog().textContent()).not.toContain(given.emulator.credentials.userSecret);
  });

  test('its sheet does not show a body that was left out as one that was sent', async () => {
    await call('/accounts', 'POST', { externalId: 'left-out', description: 'x'.repeat(20_000) });
    await filter().fill('POST');
    await given.sandbox.requests.first().click();
    await dialog()
      .getByText(/^Not recorded: 20,\d\d\d bytes are too large for the journal\.$/)
      .first()
      .waitFor();
    expect(await dialog().getByText('bytes left out').count()).toBe(0);
    expect(await dialog().getByRole('button', { name: 'Send again' }).isDisabled()).toBe(true);
  });

  test('it is sent again as the same caller, and the new request is shown', async () => {
    await call('/accounts', 'POST', { externalId: 'again' });
    await open('again');
    await dialog().getByRole('button', { name: 'Send again' }).click();
    await dialog().getByText('409', { exact: true }).waitFor();
    expect(given.emulator.requests.last()).toMatchObject({
      ...{ status: 409, body: { externalId: 'again' } },
      user: { email: 'docs@cloud-elements.com' },
    });
  });

  test('it is opened in the console, filled in', async () => {
    const { page, answer } = given.sandbox;
    await call('/accounts/4022?includeInactive=true', 'PATCH', { name: 'Patched' });
    await open('/accounts/4022');
    await dialog().getByRole('button', { name: 'Open in console' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(await page.getByLabel('id', { exact: true }).inputValue()).toBe('4022');
    expect(JSON.parse(await page.getByLabel('Request body', { exact: true }).inputValue())).toEqual({
      name: 'Patched',
    });
    expect(await page.getByLabel('Call as').inputValue()).toBe('docs@cloud-elements.com');
    await given.sandbox.button('Send').click();
    await answer.getByText('"Patched"').waitFor();
  });

  test('it is copied as a curl command, a test and an expectation', async () => {
    await call('/accounts', 'POST', { externalId: 'copied', password: 'hush-hush' });
    await open('copied');
    expect(await given.sandbox.copied('Copy as curl')).toContain("curl -X POST 'http://127.0.0.1:");
    const test = await given.sandbox.copied('Copy as test');
    expect(test).toContain('expect(answer.status).toBe(200);');
    expect(test).not.toContain('hush-hush');
    expect(await given.sandbox.copied('Expect this')).toBe(
      'expect(emulator).toHaveReceived("POST /accounts", {\n  "body": {\n    "externalId": "copied"\n  },\n  "status": 200\n});\n',
    );
  });

  test('it is made to fail: the form of faults is filled in', async () => {
    const { page } = given.sandbox;
    await call('/accounts/4022');
    await open('/accounts/4022');
    await dialog().getByRole('button', { name: 'Make this fail' }).click();
    await page.getByLabel('Path').waitFor();
    expect(await page.getByLabel('Path').inputValue()).toBe('/accounts/4022');
    await given.sandbox.button('Add fault').click();
    await page.getByText('no request has matched yet').waitFor();
    expect((await call('/accounts/4022')).status).toBe(503);
    await given.sandbox.tab('Console').click();
  });

  test('its sheet goes to the next and the previous request without closing', async () => {
    for (const path of ['/accounts/4022', '/accounts/1', '/accounts/2']) await call(path);
    await given.sandbox.requests.filter({ hasText: '/accounts/1' }).click();
    await dialog().getByText('2 of 3').waitFor();
    await dialog().getByRole('button', { name: 'Newer request' }).click();
    await dialog().getByRole('heading', { name: 'GET /accounts/2' }).waitFor();
    expect(await dialog().getByRole('button', { name: 'Newer request' }).isDisabled()).toBe(true);
    await dialog().getByRole('button', { name: 'Older request' }).click();
    await dialog().getByRole('button', { name: 'Older request' }).click();
    await dialog().getByRole('heading', { name: 'GET /accounts/4022' }).waitFor();
    expect(await dialog().getByRole('button', { name: 'Older request' }).isDisabled()).toBe(true);
  });
});

test('the list does not slide under the reader, and offers the newer requests', async () => {
  const { page, requests } = given.sandbox;
  await given.emulator.reset();
  for (let n = 1; n <= 5; n += 1) await call(`/accounts/${n}`);
  const row = requests.filter({ hasText: '/accounts/3' });
  await row.hover();
  const before = await row.boundingBox();
  for (let n = 0; n < 20; n += 1) await call('/accounts/4022');
  await given.sandbox.button('20 newer').waitFor();
  expect((await row.boundingBox())?.y).toBe(before?.y);
  await given.sandbox.button('20 newer').click();
  await given.sandbox.button('20 newer').waitFor({ state: 'detached' });
  await requests.first().getByText('/accounts/4022').waitFor();
  await page.mouse.move(0, 0);
  expect(given.sandbox.complaints).toEqual([]);
});
