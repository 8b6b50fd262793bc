import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { useSandbox } from './browser.ts';
import { runCopied } from './copied.ts';

const given = useSandbox();
const folder = process.env.SCREENSHOTS_DIR ?? join(__dirname, '../../test-results/stories');
const dialog = () => given.sandbox.page.getByRole('dialog');

/** What a person does in a story: every click is counted, and every step is kept as a picture. */
class Story {
  clicks = 0;
  #pictures = 0;
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
    mkdirSync(folder, { recursive: true });
  }

  async click(element: Locator): Promise<void> {
    await element.click();
    this.clicks += 1;
  }

  async picture(title: string): Promise<void> {
    this.#pictures += 1;
    const number = String(this.#pictures).padStart(2, '0');
    await given.sandbox.page.screenshot({ path: join(folder, `${this.#name}-${number}-${title}.png`) });
  }
}

test('a demonstrator needs at most 25 clicks, from the organization to the restored snapshot', async () => {
  const { sandbox, emulator } = given;
  const { page, tree, answer } = sandbox;
  const story = new Story('demo');
  const row = (name: string | RegExp) => tree.getByRole('treeitem', { name });

  await story.click(tree.getByText("Claude's Company"));
  await story.picture('organization');
  await story.click(sandbox.button('Add an account'));
  await page
    .getByLabel('Request body', { exact: true })
    .fill('{"externalId": "northwind", "name": "Northwind Traders"}');
  await story.click(sandbox.button('Send'));
  await page.locator('.row.fresh').getByText('Northwind Traders').waitFor();
  await story.picture('account');

  await story.click(tree.getByText('Northwind Traders'));
  await story.click(sandbox.button('Add a user'));
  await story.click(sandbox.button('Send'));
  await row(/FirstLast@company\.com admin/).waitFor();
  await story.picture('administrator');

  await story.click(tree.getByText('jane@acmedata.com'));
  await story.click(sandbox.button('Call as this user'));
  await story.click(sandbox.button('Send'));
  await answer.getByText('401', { exact: true }).waitFor();
  await answer.getByText(/^Why 401:/).waitFor();
  await story.picture('plain-user');

  await story.click(sandbox.tab('Clock'));
  await page.getByLabel('Save the present state as').fill('before-the-end');
  await story.click(sandbox.button('Snapshot'));
  await page.getByText('Saved snapshot before-the-end.').waitFor();
  await story.picture('snapshot');

  await story.click(tree.getByText('Northwind Traders'));
  await story.click(sandbox.button('Deactivate…'));
  // The console offers the caller who may, because jane may not.
  await story.click(sandbox.button('Send as docs@cloud-elements.com'));
  await row(/Northwind Traders inactive/).waitFor();
  await row(/FirstLast@company\.com inactive/).waitFor();
  await story.picture('deactivation');

  await story.click(sandbox.requests.first());
  await story.click(sandbox.button('Make this fail'));
  await story.click(sandbox.button('Add fault'));
  await sandbox.button('1 fault on').waitFor();
  await story.click(sandbox.tab('Console'));
  await story.click(sandbox.button('Send'));
  await answer.getByText('503', { exact: true }).waitFor();
  await answer.getByText(/Fault 1 was applied/).waitFor();
  await story.picture('fault');

  await story.click(sandbox.tab('Clock'));
  await story.click(sandbox.button('30 days'));
  await page.locator('.clock-face').getByText('2017-08-09').waitFor();
  await story.picture('clock');

  await story.click(sandbox.button('Restore before-the-end'));
  await story.click(dialog().getByRole('button', { name: 'Restore', exact: true }));
  await page.getByText('Restored before-the-end.').waitFor();
  await row(/Northwind Traders/)
    .filter({ hasNotText: 'inactive' })
    .waitFor();
  await page.locator('.clock-face').getByText('2017-07-10').waitFor();
  await story.picture('restored');

  process.stdout.write(`the demo took ${story.clicks} clicks\n`);
  expect(story.clicks).toBeLessThanOrEqual(25);
  expect(sandbox.complaints).toEqual([]);
  await emulator.reset();
});

test('a developer with a red suite needs at most 10 clicks, from 300 requests to three tests that reproduce', async () => {
  const { sandbox, emulator } = given;
  const { requests } = sandbox;
  const story = new Story('red-suite');
  const admin = { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' };
  const call = (path: string, method = 'GET', headers: Record<string, string> = admin, body?: string) =>
    fetch(`${emulator.baseUrl}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  for (let index = 0; index < 300; index += 1) {
    if (index === 90) await call('/accounts', 'POST', admin, '{"externalId": "the-same"}');
    else if (index === 120) await call('/accounts', 'POST', admin, '{"externalId": "the-same"}');
    else if (index === 200) {
      await call('/accounts/4022', 'GET', { Authorization: emulator.authorizationFor('jane@acmedata.com') });
    } else if (index === 280) await call('/accounts/987654');
    else await call('/organizations/me');
  }
  await sandbox.page.locator('.journal-count').getByText('300 requests').waitFor();
  await story.picture('all');

  await story.click(sandbox.button('Failed'));
  await sandbox.page.locator('.journal-count').getByText('3 of 300').waitFor();
  await story.picture('failed');

  await story.click(requests.first());
  const tests: string[] = [];
  const causes = ['No account found with ID 987654', 'Why 401: user 412 is not an organization administrator.', '409'];
  for (const [index, cause] of causes.entries()) {
    if (index > 0) await story.click(sandbox.button('Older request'));
    await dialog().getByText(cause).first().waitFor();
    await story.picture(`cause-${index + 1}`);
    tests.push(await sandbox.copied('Copy as test'));
    story.clicks += 1;
  }
  process.stdout.write(`the red suite took ${story.clicks} clicks\n`);
  expect(story.clicks).toBeLessThanOrEqual(10);
  for (const [index, status] of [404, 401, 409].entries()) expect(tests[index]).toContain(`toBe(${status})`);
  await runCopied('copied-story', tests);
  await sandbox.page.keyboard.press('Escape');
  expect(sandbox.complaints).toEqual([]);
});
