import { join } from 'node:path';
import { useSandbox } from './browser.ts';

const given = useSandbox();
const built: typeof import('../../src/intercept/index.ts') = require(join(__dirname, '../../dist/intercept.cjs'));

test('the page says whether calls to the platform are intercepted, and which hosts', async () => {
  const { page } = given.sandbox;
  await given.sandbox.tab('Faults').click();
  await given.sandbox.button('Interceptions').click();
  await page.getByText('No interceptions').waitFor();
  const end = built.interceptPlatform(given.emulator, { hosts: ['*.platform.example'] });
  await page.getByRole('heading', { name: 'Intercepted hosts (10)' }).waitFor();
  await page.getByRole('listitem').getByText('api.cloud-elements.com').waitFor();
  await page.getByRole('listitem').getByText('*.platform.example').waitFor();
  end();
  await page.getByText('No interceptions').waitFor();
  expect(given.sandbox.complaints).toEqual([]);
});
