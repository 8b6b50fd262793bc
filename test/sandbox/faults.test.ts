import { useSandbox } from './browser.ts';

const given = useSandbox();
afterEach(() => given.emulator.reset());

test('the console and the journal name the fault that responded, and the caller', async () => {
  const { page, answer, requests } = given.sandbox;
  given.emulator.faults.add({ path: '/accounts', status: 503, message: 'Down' });
  await given.sandbox.send('getAccounts');
  await answer.getByText('503', { exact: true }).waitFor();
  await answer.getByText('Fault 1 was applied').waitFor();
  await answer.getByText('503 “Down”', { exact: false }).waitFor();
  await requests.filter({ hasText: 'fault 1' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Fault 1 was applied').waitFor();
  // The credentials were valid, so the journal knows whose they were.
  await dialog.getByText('docs@cloud-elements.com (user 160255)').waitFor();
  await dialog.getByRole('button', { name: 'Show faults' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await given.sandbox.tab('Faults').getAttribute('aria-selected')).toBe('true');
  await given.sandbox.tab('Console').click();
});

test('a fault after the change is named with the status of the platform; its card shows the raw body', async () => {
  const { page, answer, requests } = given.sandbox;
  // The panel shows the stubs, and is led back to the faults.
  await given.sandbox.tab('Faults').click();
  await given.sandbox.button('Stubs').click();
  await given.sandbox.tab('Console').click();
  given.emulator.faults.add({ path: '/accounts', when: 'after', status: 502, message: 'Never sent', rawBody: '{"cut' });
  await given.sandbox.send('getAccounts');
  await answer.getByText('Fault 1 was applied after the platform responded 200').waitFor();
  await requests.first().getByText('fault 1 after 200').waitFor();
  await requests.first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Fault 1 was applied after the platform responded 200').waitFor();
  await dialog.getByRole('button', { name: 'Show faults' }).click();
  const card = page.locator('.card');
  await card.getByText('502, another body, after the change').waitFor();
  await card.getByText('{"cut', { exact: true }).waitFor();
  await given.sandbox.tab('Console').click();
});

test('the console names the fault that dropped the connection, and what the platform responded before it', async () => {
  const { answer } = given.sandbox;
  given.emulator.faults.add({ path: '/accounts', when: 'after', drop: true });
  await given.sandbox.send('getAccounts');
  await answer.getByText('No response: fault 1 dropped the connection.', { exact: false }).waitFor();
  await answer.getByText('Fault 1 was applied after the platform responded 200').waitFor();
});

test('the console says that the browser repeated a request, and which fault dropped the first', async () => {
  const { page, answer } = given.sandbox;
  const repeated = answer.getByText('The browser repeated this request: fault 1 dropped the first.');
  // A browser repeats a request on a connection that was used before.
  await given.sandbox.send('getAccounts');
  await answer.getByText('200', { exact: true }).waitFor();
  given.emulator.faults.add({ path: '/accounts', drop: true, times: 1 });
  await given.sandbox.button('Send').click();
  await repeated.waitFor();
  await answer.getByText('200', { exact: true }).waitFor();
  // The next request was not repeated, though the journal still has the dropped one.
  await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/accounts')),
    given.sandbox.button('Send').click(),
  ]);
  await repeated.waitFor({ state: 'detached' });
  await answer.getByText('200', { exact: true }).waitFor();
});

test('the card of a fault shows its whole response', async () => {
  const { page } = given.sandbox;
  given.emulator.faults.add({
    ...{ path: '/accounts', status: 429, retryAfter: 30, after: 2 },
    ...{ headers: { 'X-Quota': 'used up' }, body: { error: 'too many' } },
  });
  await given.sandbox.tab('Faults').click();
  const card = page.locator('.card');
  for (const text of ['429', 'Retry-After: 30', 'X-Quota: used up', '"too many"', 'skips the first 2']) {
    await card.getByText(text, { exact: false }).first().waitFor();
  }
});

test('the card of a fault with long texts stays within its panel', async () => {
  const { page } = given.sandbox;
  given.emulator.faults.add({ status: 503, message: 'Down until Monday. '.repeat(40) });
  given.emulator.faults.add({ status: 429, headers: { 'X-Long': 'a'.repeat(500) }, rawBody: 'b'.repeat(500) });
  await given.sandbox.tab('Faults').click();
  for (const name of ['Remove fault 1', 'Remove fault 2']) {
    const box = await page.getByRole('button', { name }).boundingBox();
    const panel = await page.getByRole('tabpanel').boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan((panel?.x ?? 0) + (panel?.width ?? 0));
  }
  await given.sandbox.tab('Console').click();
});

test('a test of an answer whose fault was removed says so', async () => {
  const { answer } = given.sandbox;
  given.emulator.faults.add({ path: '/accounts', status: 503 });
  await given.sandbox.send('getAccounts');
  await answer.getByText('Fault 1 was applied').waitFor();
  given.emulator.faults.clear();
  given.emulator.faults.add({ path: '/users', status: 500 });
  await answer.getByText('it was removed since', { exact: false }).waitFor();
  expect(await given.sandbox.copied('Copy as test')).toContain(
    '// Fault 1 made this answer and was removed since: add it by emulator.faults.add({ … }).',
  );
});

test('the form says that no operation has the typed path', async () => {
  const { page } = given.sandbox;
  await given.sandbox.tab('Faults').click();
  const note = page.getByText('No operation has this path.');
  for (const path of ['/acounts/*', '/acounts', '/accounts/{id}/usres', '/accounts/1/2/3/*']) {
    await page.getByLabel('Path').fill(path);
    await note.waitFor();
  }
  const fitting = ['/accounts/*', '/accounts/4030', '/accounts/{id}/users', '/*', '*', '/organizations/me', ''];
  // The emulator takes these too, as the page shows paths with the base path.
  const tidied = ['accounts', '/elements/api-v2/accounts', '/accounts/'];
  for (const path of [...fitting, ...tidied]) {
    await page.getByLabel('Path').fill(path);
    await note.waitFor({ state: 'detached' });
  }
  expect(given.sandbox.complaints).toEqual([]);
});
