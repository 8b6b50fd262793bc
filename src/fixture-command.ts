import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, parse, relative, resolve } from 'node:path';
import { type Fixture, FixtureError, type ReadFixture, readFixture } from './index.ts';
import { codeOf, messageOf } from './message-of.ts';

/** Where a project has the schema of fixtures. */
const schemaPath = 'node_modules/cloud-elements-emulator/fixtures/fixture.schema.json';

/** One of everything that a fixture is likely to need; names and emails say what each is. */
const starter: Fixture = {
  organizations: [
    {
      name: 'Acme',
      accounts: [
        {
          name: 'Acme itself',
          defaultAccount: true,
          users: [{ email: 'organization-admin@acme.example', password: 'Passw0rd!', roles: ['org-admin'] }],
        },
        {
          name: 'A customer',
          externalId: 'customer-1',
          users: [
            { email: 'admin@customer-1.example', password: 'Passw0rd!', roles: ['admin'] },
            { email: 'user@customer-1.example', password: 'Passw0rd!' },
          ],
        },
        {
          name: 'A customer who has left',
          externalId: 'customer-2',
          active: false,
          users: [{ email: 'user@customer-2.example', active: false }],
        },
      ],
    },
  ],
};

/** What `fixture init` is asked for. */
export interface FixtureInit {
  readonly file: string;
  /** A built-in name, or the path of a fixture or data file, to begin with in place of the starter. */
  readonly from: string | undefined;
  /** Whether a file that is there already may be replaced. */
  readonly force: boolean;
}

/**
 * Writes a fixture to begin with, and says what to do with it.
 *
 * @throws {Error} when the file is there already, or cannot be written.
 * @throws {FixtureError} when what it is to be made from cannot be used.
 */
export function initFixture({ file, from, force }: FixtureInit): string {
  const fixture: Fixture = from === undefined ? starter : readFixture(from).fixture;
  const text = `${JSON.stringify(withSchema(file, fixture), null, 2)}\n`;
  try {
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new Error(`${file} is there already: choose another name, or --force.`);
    throw new Error(`${file} cannot be written: ${messageOf(error)}`);
  }
  return `${file}: written, ${describe(readFixture(file))}\nStart with it: cloud-elements-emulator --fixture ${file}\n`;
}

/** A fixture that names the schema for editors, before all else. */
function withSchema(file: string, fixture: Fixture): Fixture {
  const { $schema: _, ...rest } = fixture;
  return { $schema: schemaFor(resolve(file)), ...rest };
}

/** The schema of the project that a file is in, as seen from the file. */
function schemaFor(file: string): string {
  const { root } = parse(file);
  for (let folder = dirname(file); folder !== root; folder = dirname(folder)) {
    const found = join(folder, schemaPath);
    if (existsSync(found)) return forEditors(relative(dirname(file), found));
  }
  return forEditors(schemaPath);
}

function forEditors(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  return slashed.startsWith('../') ? slashed : `./${slashed}`;
}

/** A line on a fixture: what is in it, or what is wrong. */
export interface Verdict {
  readonly isGood: boolean;
  readonly line: string;
}

/** Checks fixtures and data files, as a start would. */
export function checkFixtures(files: readonly string[]): Verdict[] {
  return files.map((file) => {
    try {
      return { isGood: true, line: `${file}: good, ${describe(readFixture(file))}` };
    } catch (error) {
      if (!(error instanceof FixtureError)) throw error;
      return { isGood: false, line: error.message };
    }
  });
}

function describe({ organizations, accounts, users }: ReadFixture): string {
  return [counted(organizations, 'organization'), counted(accounts, 'account'), counted(users, 'user')].join(', ');
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
