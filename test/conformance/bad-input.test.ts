import { CompareError, compare } from '../../src/conformance/index.ts';
import { runIn } from '../cli/terminal.ts';

const secrets = { userSecret: 'the-user-secret', organizationSecret: 'the-organization-secret' };
const environment = { CE_USER_SECRET: secrets.userSecret, CE_ORGANIZATION_SECRET: secrets.organizationSecret };
const example = 'https://api.cloud-elements.com/elements/api-v2';

test.each([
  ['api.cloud-elements.com', `The base URL must be an address such as ${example}, not 'api.cloud-elements.com'.`],
  ['ftp://a', `The base URL must be an address such as ${example}, not 'ftp://a'.`],
  ['http://me:pass@a', 'The base URL must have no user name, password, query or fragment.'],
  ['http://a?b=c', 'The base URL must have no user name, password, query or fragment.'],
])('compare() refuses the base URL %s', async (baseUrl, message) => {
  await expect(compare({ baseUrl, ...secrets })).rejects.toThrow(new CompareError(message));
});

test('compare refuses secrets that no header can have, and does not repeat them', async () => {
  const run = (userSecret: string) => compare({ baseUrl: 'http://127.0.0.1:1', ...secrets, userSecret });
  const must = "Option 'userSecret' must be a text without spaces and commas";
  await expect(run('two words')).rejects.toThrow(new CompareError(`${must}; it has some.`));
  await expect(run('')).rejects.toThrow(new CompareError(`${must}; it is empty.`));
  const odd = "Option 'userSecret' has characters that no secret has: copy it again.";
  await expect(run('geheim\u2026')).rejects.toThrow(new CompareError(odd));
  const environment = { CE_USER_SECRET: 'geheim\u2026', CE_ORGANIZATION_SECRET: 'o' };
  expect((await runIn(environment, 'compare', 'http://127.0.0.1:1')).err).toBe(
    'cloud-elements-emulator: CE_USER_SECRET has characters that no secret has: copy it again.\n',
  );
  const { err, exitCode } = await runIn({ CE_USER_SECRET: 'a' }, 'compare', 'http://127.0.0.1:1');
  expect(err).toBe(
    'cloud-elements-emulator: Set CE_ORGANIZATION_SECRET to the secrets of an administrator of the organization.\n',
  );
  expect(exitCode).toBe(2);
});

test.each([
  ['as the base URL', ['compare', secrets.userSecret], 'The base URL has a secret in it: give the address alone.'],
  [
    'in the base URL',
    ['fixture', 'pull', `http://127.0.0.1:1/${secrets.organizationSecret}`],
    'The base URL has a secret in it: give the address alone.',
  ],
  [
    'of somebody else as the base URL',
    ['compare', 'Ntt0KFVYihWZK6RK22afO01IddI/0mg4qreYVpyMHA4='],
    `The base URL must be an address such as ${example}, not '…' (44 characters, not repeated here).`,
  ],
  [
    'behind the base URL',
    ['compare', 'http://127.0.0.1:1', 'e598b00f16fb9fe4f81768387352348d'],
    "Unexpected argument '…' (32 characters, not repeated here): see --help.",
  ],
  [
    'in place of a check',
    ['compare', 'http://127.0.0.1:1', '--only', 'e598b00f16fb9fe4f81768387352348d'],
    "There is no check '…' (32 characters, not repeated here): docs/fidelity.md has them all.",
  ],
])('the command does not repeat a secret %s', async (_, command, message) => {
  const { err, exitCode } = await runIn(environment, ...command);
  expect(err).toBe(`cloud-elements-emulator: ${message}\n`);
  expect(exitCode).toBe(2);
});

test('compare() refuses the id of an unknown check', async () => {
  const run = compare({ baseUrl: 'http://127.0.0.1:1', ...secrets, only: ['corse'] });
  await expect(run).rejects.toThrow("There is no check 'corse': did you mean 'cors'?");
});
