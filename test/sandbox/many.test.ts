import type { Emulator } from '../../src/index.ts';
import { closeBrowser, type OpenPage, open, start } from './browser.ts';

const count = 5000;
const users = Array.from({ length: count }, (_, index) => ({
  email: `user-${index}@big.example`,
  firstName: 'User',
  lastName: String(index),
  active: index % 10 !== 0,
}));

let emulator: Emulator;
let sandbox: OpenPage;
beforeAll(async () => {
  emulator = await start({
    fixture: {
      organizations: [{ name: 'Big', accounts: [{ defaultAccount: true }, { externalId: 'five-thousand', users }] }],
    },
  });
  sandbox = await open(emulator);
});
afterAll(async () => {
  await closeBrowser();
  await emulator.close();
});

/** The longest that the page answered nothing while something was done, in milliseconds. */
async function stallOf(action: () => Promise<unknown>): Promise<number> {
  const { page } = sandbox;
  await page.evaluate(() => {
    const state = { longest: 0 };
    Reflect.set(window, 'stall', state);
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) state.longest = Math.max(state.longest, duration);
    });
    observer.observe({ entryTypes: ['longtask'] });
    Reflect.set(window, 'observer', observer);
  });
  await action();
  await page.waitForTimeout(300);
  return page.evaluate(() => {
    Reflect.get(window, 'observer').disconnect();
    return Reflect.get(window, 'stall').longest;
  });
}

/** A person notices from about 100 ms on; the machine that checks is slow, and busy. */
const noticeable = 200;

test('five thousand users unfold, scroll and are searched without a stall', async () => {
  const { page, tree } = sandbox;
  const account = tree.getByRole('treeitem', { name: /five-thousand/ });
  await account.waitFor();
  const figures = {
    unfold: await stallOf(async () => {
      await account.locator('.twist').click();
      await tree.getByText(`user-${count - 1}@big.example`).waitFor();
    }),
    scroll: await stallOf(async () => {
      for (let step = 1; step <= 20; step += 1) {
        await tree.evaluate((element, part) => element.scrollTo(0, element.scrollHeight * part), step / 20);
        await page.waitForTimeout(30);
      }
      await tree.getByText('user-0@big.example').waitFor();
    }),
    search: await stallOf(async () => {
      await page.getByLabel(/^Search/).fill('active=false');
      await page.getByText('500 users found').waitFor();
      await page.getByLabel(/^Search/).fill('');
      await tree.waitFor();
    }),
    answer: await stallOf(async () => {
      await sandbox.send('getUsers', async () => {
        await page.getByText('Query parameters').click();
        await page.getByLabel('pageSize').fill('5000');
      });
      await sandbox.answer.getByText('more characters').waitFor();
    }),
  };
  process.stdout.write(`longest tasks with 5,000 users, in ms: ${JSON.stringify(figures)}\n`);
  for (const [what, longest] of Object.entries(figures))
    expect({ what, isStall: longest > noticeable }).toEqual({ what, isStall: false });
  // Only what is in sight is there.
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(100);
});

test('two thousand requests come in without a stall, and the journal keeps the last thousand', async () => {
  const headers = { Authorization: emulator.credentials.authorization };
  const longest = await stallOf(async () => {
    for (let n = 0; n < 40; n += 1) {
      await Promise.all(Array.from({ length: 50 }, () => fetch(`${emulator.baseUrl}/organizations/me`, { headers })));
    }
    await fetch(`${emulator.baseUrl}/accounts/404404`, { headers });
    await sandbox.requests.first().getByText('/accounts/404404').waitFor();
  });
  process.stdout.write(`longest task while 2,000 requests came in: ${longest} ms\n`);
  expect(longest).toBeLessThan(noticeable);
  expect(await sandbox.requests.count()).toBeLessThan(60);
  expect(sandbox.complaints).toEqual([]);
});
