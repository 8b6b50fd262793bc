import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Copy, DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { readCommand } from '../../src/cli/options.ts';

interface Compose {
  readonly services: { readonly emulator: Service };
  readonly volumes: object;
}

interface Service {
  readonly build: string;
  readonly image: string;
  readonly hostname: string;
  readonly restart: string;
  readonly read_only: boolean;
  readonly cap_drop: string[];
  readonly security_opt: string[];
  readonly ports: string[];
  readonly volumes: string[];
  readonly environment: Record<string, string>;
}

const root = join(__dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const dockerfile = DockerfileParser.parse(read('Dockerfile'));
const [build, image] = dockerfile.getFROMs();

/** The instructions of the last stage. */
const steps = dockerfile
  .getInstructions()
  .filter((step) => step.getRange().start.line >= (image?.getRange().start.line ?? 0));

test('the Dockerfile is valid, without deprecated instructions', () => {
  expect(validate(read('Dockerfile'))).toEqual([]);
  expect(validate('FROM node:20-slim\nMAINTAINER nobody')).not.toEqual([]);
});

test('both stages use a Node with long-term support, pinned by its major version', () => {
  expect(dockerfile.getFROMs()).toHaveLength(2);
  expect([build?.getImage(), image?.getImage()]).toEqual(['node:24-slim', 'node:24-slim']);
});

test('the labels of the image match package.json', () => {
  const labels = steps.filter((step) => step.getKeyword() === 'LABEL').map((step) => step.getArgumentsContent());
  const words = labels.join(' ').matchAll(/org\.opencontainers\.image\.(\w+)="([^"]*)"/g);
  const { name, version, license } = JSON.parse(read('package.json'));
  expect(Object.fromEntries([...words].map(([, key, value]) => [key, value]))).toEqual({
    title: name,
    description: expect.stringContaining('SAP Open Connectors'),
    version,
    licenses: license,
  });
});

test('the health check runs every second at first', () => {
  const check = steps.find((step) => step.getKeyword() === 'HEALTHCHECK')?.toString();
  expect(check).toMatch(/^HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --start-interval=1s --retries=3 /);
});

test('the image runs without privileges, with a volume for its data and a health check', () => {
  const of = (keyword: string) => steps.filter((step) => step.getKeyword() === keyword);
  const text = (keyword: string) => of(keyword).map((step) => step.getArgumentsContent());
  expect(text('USER')).toEqual(['node']);
  expect(text('VOLUME')).toEqual(['["/data"]']);
  expect(text('EXPOSE')).toEqual(['4600']);
  expect(text('HEALTHCHECK')[0]).toMatch(/CMD \["node",/);
  // Commands that need root come first.
  const keywords = steps.map((step) => step.getKeyword());
  expect(keywords.lastIndexOf('RUN')).toBeLessThan(keywords.indexOf('USER'));
});

test('the files that the build copies exist, and are its whole context', () => {
  const copies = dockerfile.getCOPYs().filter((copy: Copy) => copy.getFromFlag() === null);
  const copied = copies.flatMap((copy) => copy.getArguments().map(String).slice(0, -1));
  for (const name of copied) expect([name, existsSync(join(root, name))]).toEqual([name, true]);
  const [all, ...allowed] = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(all).toBe('*');
  expect(allowed.sort()).toEqual(copied.map((name) => `!${name}`).sort());
});

test('the compose file has existing options, and opens its port only to this machine', () => {
  const { services, volumes }: Compose = parse(read('compose.yaml'));
  const { emulator } = services;
  expect(Object.keys(services)).toEqual(['emulator']);
  expect(emulator.ports).toEqual(['127.0.0.1:4600:4600']);
  expect(emulator.volumes).toEqual(['data:/data']);
  expect(volumes).toEqual({ data: null });
  expect(readCommand([], emulator.environment)).toMatchObject({
    options: { dataFile: '/data/emulator.json', allowHosts: [emulator.hostname] },
  });
  // docs/running.md starts containers from this image.
  expect(emulator).toMatchObject({ build: '.', image: 'cloud-elements-emulator', restart: 'unless-stopped' });
  expect(emulator).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  expect(Object.keys(emulator.environment)).toEqual(['CE_EMULATOR_DATA', 'CE_EMULATOR_ALLOW_HOST']);
});
