import { parse } from 'yaml';
import { readCommand } from '../../src/cli/options.ts';
import { createEmulator } from '../../src/index.ts';
import { connect } from '../support/client.ts';
import { blocksOf, pages } from '../support/markdown.ts';

// Checks the blocks that need no installed package; test/package/docs.test.ts runs the others.

const blocks = pages.flatMap(blocksOf);
const of = (language: string) =>
  blocks.filter((block) => block.language === language).map((block) => [`${block.page}:${block.line}`, block] as const);

test('every block has a language that a test knows', () => {
  const known = ['sh', 'js', 'ts', 'json', 'python', 'yaml', 'ceql', 'text', 'log'];
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
});

const fixtures = of('json').filter(([, { file }]) => file !== 'tsconfig.json');

test.each(fixtures)('%s is a fixture', (_, { text }) => {
  expect(() => createEmulator({ fixture: JSON.parse(text) })).not.toThrow();
});

test.each(of('ceql'))('%s is valid CEQL', async (_, { text }) => {
  const emulator = createEmulator();
  const { status } = await connect(emulator).get(`/accounts?where=${encodeURIComponent(text.trim())}`);
  expect(status).toBe(200);
});

interface Service {
  readonly image?: string;
  readonly ports?: string[];
  readonly environment: Record<string, string>;
}

test.each(of('yaml'))('%s: the services have existing options, and open ports only to this machine', (_, { text }) => {
  const { services = {} }: { services?: Record<string, Service> } = parse(text);
  for (const [name, { image, ports = [], environment }] of Object.entries(services)) {
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    if (image !== 'cloud-elements-emulator') continue;
    expectKnown(environment);
    expect(readCommand([], environment)).toMatchObject({ options: { allowHosts: [name] } });
  }
});

const docker = of('sh').flatMap(([where, { text }]) =>
  text.split('\n').flatMap((line) => (line.startsWith('docker run ') ? [[where, line] as const] : [])),
);

test('the pages have Docker commands', () => {
  expect(docker.length).toBeGreaterThan(2);
});

test.each(docker)('%s: %s', (_, line) => {
  const [before = '', after = ''] = line.split(' cloud-elements-emulator');
  expect(before).toContain(' -p 127.0.0.1:4600:4600');
  const variables = [...before.matchAll(/ -e (\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]);
  const environment: Record<string, string> = Object.fromEntries(variables);
  expectKnown(environment);
  expect(readCommand(after.split(' ').filter(Boolean), environment).action).toBe('start');
});

/** Checks that the command reads each of the variables: an unknown one would change nothing. */
function expectKnown(environment: Record<string, string>): void {
  for (const [name, value] of Object.entries(environment)) {
    expect(readCommand([], { [name]: value })).not.toEqual(readCommand([], {}));
  }
}
