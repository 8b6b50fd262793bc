import { readFileSync } from 'node:fs';
import { checkFixture } from '../../src/fixtures/check-fixture.ts';
import { useSandbox } from './browser.ts';

const given = useSandbox();
const dialog = () => given.sandbox.page.getByRole('dialog');
const card = (name: string) => given.sandbox.page.locator('.card').filter({ hasText: name });
beforeAll(() => given.sandbox.tab('Clock').click());

/** Chooses a file of a text. */
async function choose(name: string, text: string): Promise<void> {
  await given.sandbox.page
    .getByLabel('Fixture file')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

async function save(name: string): Promise<void> {
  await given.sandbox.page.getByLabel('Save the present state as').fill(name);
  await given.sandbox.button('Snapshot').click();
}

test('a snapshot shows when it was saved, where its clock is, and how many records it has', async () => {
  await save('first');
  await card('first').getByText('2 organizations, 9 accounts, 5 users').waitFor();
  await card('first').getByText('saved 2017-07-10 09:30:00 UTC · the clock is stopped').waitFor();
  given.emulator.clock.advance({ days: 1 });
  const headers = { Authorization: given.emulator.credentials.authorization, 'Content-Type': 'application/json' };
  await fetch(`${given.emulator.baseUrl}/accounts`, { method: 'POST', headers, body: '{"externalId":"later"}' });
  await save('second');
  await card('second').getByText('2 organizations, 10 accounts, 5 users').waitFor();
  await card('second').getByText('saved 2017-07-11 09:30:00 UTC').waitFor();
});

test('a snapshot is downloaded as a fixture', async () => {
  const [download] = await Promise.all([
    given.sandbox.page.waitForEvent('download'),
    card('first').getByLabel('Download snapshot first').click(),
  ]);
  expect(download.suggestedFilename()).toBe('first.json');
  const fixture: unknown = JSON.parse(readFileSync(await download.path(), 'utf8'));
  checkFixture(fixture, 'first.json');
  expect(fixture).toMatchObject({ now: '2017-07-10T09:30:00.000Z', organizations: [{ id: 55579 }, {}] });
});

test('a fixture is loaded from a file: it becomes a snapshot, and can be restored at once', async () => {
  const { tree } = given.sandbox;
  await choose('my demo.json', '{"organizations":[{"name":"Loaded Company"}]}');
  await dialog().getByText('Restore my-demo?').waitFor();
  await dialog().getByRole('button', { name: 'Restore', exact: true }).click();
  await tree.getByText('Loaded Company').waitFor();
  await card('my-demo').getByText('1 organization, 1 account, 1 user').waitFor();
  await card('my-demo').getByText('the clock runs').waitFor();
  await choose('my demo.json', '{"organizations":[{"name":"Loaded Again"}]}');
  await dialog().getByText('Replace my-demo?').waitFor();
  await dialog().getByRole('button', { name: 'Replace', exact: true }).click();
  await dialog().getByText('Restore my-demo?').waitFor();
  await dialog().getByRole('button', { name: 'Cancel', exact: true }).click();
  expect(await tree.getByText('Loaded Company').count()).toBe(1);
});

test.each([
  ['wrong.json', '{"organizations":[{"nam":"x"}]}', /^wrong\.json: \/organizations\/0\/nam: .*did you mean/i],
  ['cut.json', '{"organizations":', /^cut\.json is not JSON: /],
  ['large.json', `"${'x'.repeat(1_100_000)}"`, /^large\.json has 1,100,002 bytes, and only 1 MB can be loaded here/],
])('a file that cannot be loaded says why: %s', async (name, text, reason) => {
  await choose(name, text);
  await given.sandbox.page.getByRole('alert').getByText(reason).waitFor();
  expect(await card(name.replace('.json', '')).count()).toBe(0);
});

test('a snapshot is deleted', async () => {
  const { page } = given.sandbox;
  await given.sandbox.button('Delete snapshot second').click();
  await dialog().getByRole('button', { name: 'Delete', exact: true }).click();
  await card('second').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Snapshots');
  expect(given.sandbox.complaints).toEqual([]);
});
