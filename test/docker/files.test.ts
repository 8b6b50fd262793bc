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

/** The instructions of the image, those of the stage before left out. */
const steps = dockerfile
  .getInstructions()
  .filter((step) => step.getRange().start.line >= (image?.getRange().start.line ?? 0));

test('the Dockerfile is one, and nothing in it is deprecated', () => {
  expect(validate(read('Dockerfile'))).toEqual([]);
  expect(validate('FROM node:20-slim\nMAINTAINER nobody')).not.toEqual([]);
});

test('both stages are of a Node with long-term support, pinned by its major', () => {
  expect(dockerfile.getFROMs()).toHaveLength(2);
  expect([build?.getImage(), image?.getImage()]).toEqual(['node:24-slim', 'node:24-slim']);
});

test('its labels say what it is, and are true', () => {
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

test('it is asked for its health every second at first', () => {
  const check = steps.find((step) => step.getKeyword() === 'HEALTHCHECK')?.toString();
  expect(check).toMatch(/^HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --start-interval=1s --retries=3 /);
});

test('it runs without rights, with a volume for its data and a health check of its own', () => {
  const of = (keyword: string) => steps.filter((step) => step.getKeyword() === keyword);
  const text = (keyword: string) => of(keyword).map((step) => step.getArgumentsContent());
  expect(text('USER')).toEqual(['node']);
  expect(text('VOLUME')).toEqual(['["/data"]']);
  expect(text('EXPOSE')).toEqual(['4600']);
  expect(text('HEALTHCHECK')[0]).toMatch(/CMD \["node",/);
  // What has to be root's to do comes before.
  const keywords = steps.map((step) => step.getKeyword());
  expect(keywords.lastIndexOf('RUN')).toBeLessThan(keywords.indexOf('USER'));
});

test('what the build copies is there, and is all that goes to it', () => {
  const copies = dockerfile.getCOPYs().filter((copy: Copy) => copy.getFromFlag() === null);
  const copied = copies.flatMap((copy) => copy.getArguments().map(String).slice(0, -1));
  for (const name of copied) expect([name, existsSync(join(root, name))]).toEqual([name, true]);
  const [all, ...allowed] = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(all).toBe('*');
  expect(allowed.sort()).toEqual(copied.map((name) => `!${name}`).sort());
});

test('the compose file has options that exist, and opens a port to this machine alone', () => {
  const { services, volumes }: Compose = parse(read('compose.yaml'));
  const { emulator } = services;
  expect(Object.keys(services)).toEqual(['emulator']);
  expect(emulator.ports).toEqual(['127.0.0.1:4600:4600']);
  expect(emulator.volumes).toEqual(['data:/data']);
  expect(volumes).toEqual({ data: null });
  expect(readCommand([], emulator.environment)).toMatchObject({
    options: { dataFile: '/data/emulator.json', allowHosts: [emulator.hostname] },
  });
  // docs/running.md starts containers of the image that is built here.
  expect(emulator).toMatchObject({ build: '.', image: 'cloud-elements-emulator', restart: 'unless-stopped' });
  expect(emulator).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  expect(Object.keys(emulator.environment)).toEqual(['CE_EMULATOR_DATA', 'CE_EMULATOR_ALLOW_HOST']);
});
