import { closeBrowser, type OpenPage, open, start } from './browser.ts';

/** The emulator's events may reach the page before the answer to the page's own request. */

let sandbox: OpenPage;
beforeEach(async () => {
  sandbox = await open(await start());
});
afterEach(() => sandbox.emulator.close());
afterAll(closeBrowser);

function ask(externalId: string) {
  const { baseUrl, credentials } = sandbox.emulator;
  return fetch(`${baseUrl}/accounts`, {
    method: 'POST',
    headers: { Authorization: credentials.authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify({ externalId }),
  });
}

/** Delays the answer to the request that `action` causes until `meanwhile` is done. */
async function late(path: string, action: () => Promise<unknown>, meanwhile: () => Promise<unknown>): Promise<void> {
  await sandbox.page.route(path, async (route) => {
    const response = await route.fetch();
    await meanwhile();
    await route.fulfill({ response });
  });
  const answered = sandbox.page.waitForResponse(path);
  await action();
  await answered;
  await sandbox.page.unroute(path);
}

/** Loads the page with a request in the journal, and delays the answer to the page's request for the journal. */
async function visitLate(meanwhile: () => Promise<unknown>): Promise<void> {
  await ask('Before');
  await late(
    '**/__emulator/requests',
    () => sandbox.visit(),
    async () => {
      await sandbox.tree.getByText('Before').waitFor();
      await meanwhile();
    },
  );
}

test('requests that arrive while the page loads the journal are shown', async () => {
  const { page, requests, tree } = sandbox;
  await visitLate(async () => {
    await ask('Meanwhile');
    await tree.getByText('Meanwhile').waitFor();
    // The page gathers requests for some milliseconds.
    await page.waitForTimeout(100);
  });
  await requests.nth(1).waitFor();
  await ask('Afterwards');
  await requests.nth(2).waitFor();
  expect(await requests.count()).toBe(3);
});

test('a request whose event comes after the list that has it is shown once', async () => {
  const { page, requests } = sandbox;
  await page.addInitScript(() => {
    const add = EventSource.prototype.addEventListener;
    EventSource.prototype.addEventListener = function (this: EventSource, type: string, listener: unknown) {
      const later = (event: Event) => setTimeout(() => typeof listener === 'function' && listener(event), 500);
      const now = (event: Event) => typeof listener === 'function' && listener(event);
      add.call(this, type, type === 'request' ? later : now);
    };
  });
  await page.route('**/__emulator/requests', async (route) => {
    await ask('Once');
    await route.fulfill({ response: await route.fetch() });
  });
  await sandbox.visit();
  await requests.first().waitFor();
  await page.waitForTimeout(800);
  expect(await requests.count()).toBe(1);
});

test('a journal that is cleared while the page loads it stays empty', async () => {
  const { emulator, page, tree, requests } = sandbox;
  await visitLate(async () => {
    await emulator.reset();
    await tree.getByText('Before').waitFor({ state: 'detached' });
  });
  await page.getByText('No requests yet').waitFor();
  await ask('Afterwards');
  await requests.first().waitFor();
  expect(await requests.count()).toBe(1);
});

test('the form of the clock shows the time of a clock that others have moved', async () => {
  const { page } = sandbox;
  await sandbox.tab('Clock').click();
  const field = page.getByLabel('Stop at (UTC)');
  await field.fill('2020-02-29T12:00:00');
  await late(
    '**/__emulator/clock',
    () => sandbox.button('1 hour').click(),
    async () => page.locator('.clock-face').getByText('2017-07-10 10:30:00').waitFor(),
  );
  await page.waitForFunction(
    (input) => input instanceof HTMLInputElement && input.value === '2017-07-10T10:30',
    await field.elementHandle(),
  );
});
