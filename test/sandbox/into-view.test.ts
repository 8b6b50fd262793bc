import { useSandbox } from './browser.ts';

/** Many accounts, so that a new one is far below what is on screen. */
const accounts = Array.from({ length: 300 }, (_, index) => ({ externalId: `customer-${index}`, id: 1000 + index }));
const given = useSandbox({
  fixture: {
    organizations: [
      {
        name: 'Large',
        accounts: [
          { defaultAccount: true, id: 900, users: [{ email: 'admin@large.example', roles: ['org-admin'] }] },
          ...accounts,
        ],
      },
    ],
  },
});

/** Whether a row is within the visible part of the tree. */
async function isInView(name: RegExp): Promise<boolean> {
  const { tree } = given.sandbox;
  const [row, list] = [await tree.getByRole('treeitem', { name }).boundingBox(), await tree.boundingBox()];
  if (row === null || list === null) return false;
  return row.y >= list.y && row.y + row.height <= list.y + list.height;
}

test('a new account far down the list is brought into view, and marked', async () => {
  const { page, tree, answer } = given.sandbox;
  await given.sandbox.send('createAccount', () =>
    page.getByLabel('Request body', { exact: true }).fill('{"externalId": "the-newest"}'),
  );
  await answer.getByText('200', { exact: true }).waitFor();
  await tree.getByText('the-newest').waitFor();
  await page.locator('.row.fresh').getByText('the-newest').waitFor({ state: 'attached' });
  expect(await isInView(/the-newest/)).toBe(true);
});

test('the first user of an empty account is seen: its row unfolds', async () => {
  const { page, tree } = given.sandbox;
  await tree.evaluate((element) => element.scrollTo(0, 0));
  await tree.getByText('customer-2', { exact: true }).click();
  await given.sandbox.button('Add a user').click();
  const body = { firstName: 'First', lastName: 'One', email: 'first@two.example', password: 'Passw0rd!' };
  await page.getByLabel('Request body', { exact: true }).fill(JSON.stringify(body));
  await tree.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await given.sandbox.button('Send').click();
  await tree.getByText('first@two.example').waitFor();
  expect(await isInView(/first@two\.example/)).toBe(true);
});

test('a changed account is brought into view again', async () => {
  const { page, tree } = given.sandbox;
  await tree.getByText('customer-2', { exact: true }).click();
  await given.sandbox.button('Edit…').click();
  await page.getByLabel('Request body', { exact: true }).fill('{"name": "Changed Two"}');
  await tree.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await given.sandbox.button('Send').click();
  await tree.getByText('Changed Two').waitFor();
  expect(await isInView(/Changed Two/)).toBe(true);
  expect(given.sandbox.complaints).toEqual([]);
});

test('a change is seen from the back of a room, also by those who want no motion', async () => {
  const { page, tree } = given.sandbox;
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await given.sandbox.send('createAccount', () =>
    page.getByLabel('Request body', { exact: true }).fill('{"externalId": "seen-by-all"}'),
  );
  const row = page.locator('.row.fresh').filter({ hasText: 'seen-by-all' });
  await row.waitFor();
  const { background, shadow } = await row.evaluate((element) => {
    const { backgroundColor: background, boxShadow: shadow } = getComputedStyle(element);
    return { background, shadow };
  });
  expect(background).toBe('rgb(255, 224, 138)');
  expect(shadow).toContain('6px');
  await page.emulateMedia({ reducedMotion: null, colorScheme: null });
  await tree.waitFor();
});

test('ids stay in narrow rows: a long name is cut off first', async () => {
  const { page, tree } = given.sandbox;
  const email = `somebody-with-a-very-long-name-indeed-${'x'.repeat(40)}@two.example`;
  const body = { firstName: 'Long', lastName: 'Name', email, password: 'Passw0rd!', roles: [{ key: 'admin' }] };
  await page.getByLabel('Operation').selectOption('createAccountUser');
  await page.getByLabel('Request body', { exact: true }).fill(JSON.stringify(body));
  await given.sandbox.button('Send').click();
  const row = tree.getByRole('treeitem', { name: /somebody-with/ });
  await row.waitFor();
  const id = row.locator('.id');
  const [number, box] = [(await id.textContent()) ?? '', await id.boundingBox()];
  expect(number).toMatch(/^\d+$/);
  expect(box?.width).toBeGreaterThan(5 * number.length);
  const [outer, inner] = [await row.boundingBox(), box];
  expect((inner?.x ?? 0) + (inner?.width ?? 0)).toBeLessThanOrEqual((outer?.x ?? 0) + (outer?.width ?? 0));
  // All of it is there, and not on a hidden line.
  expect(await id.evaluate((element) => element.scrollHeight <= element.clientHeight + 1)).toBe(true);
});
