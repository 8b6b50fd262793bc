import { chmodSync, existsSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, parse, relative, resolve } from 'node:path';
import { isFile } from '../fixtures/load-fixture.ts';
import { inputName, standardInput } from '../fixtures/standard-input.ts';
import { type Fixture, FixtureError, type ReadFixture, readFixture } from '../index.ts';
import { holderOf, lockPathOf, logPathOf } from '../persistence/index.ts';
import { describeFileError } from '../text/file-error.ts';
import { codeOf } from '../text/message-of.ts';

/** Where a project has the schema of fixtures. */
const schemaPath = 'node_modules/cloud-elements-emulator/fixtures/fixture.schema.json';

/** One of everything that a fixture is likely to need; names and emails say what each is. */
const starterFixture: Fixture = {
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

const starter: ReadFixture = { fixture: starterFixture, organizations: 1, accounts: 3, users: 4 };

/** What `fixture init` is asked for. */
export interface FixtureInit {
  /** `-` is standard output. */
  readonly file: string;
  /** A built-in name, the path of a fixture or data file, or `-`, to begin with in place of the starter. */
  readonly from: string | undefined;
  /** Whether a file that is there already may be replaced. */
  readonly force: boolean;
}

/**
 * Writes a fixture to begin with, and says what to do with it; for `-` it is what is returned.
 *
 * @throws {Error} when the file is there already, belongs to an emulator, or cannot be written.
 * @throws {FixtureError} when what it is to be made from cannot be used.
 */
export function initFixture({ file, from, force }: FixtureInit): string {
  const isPrinted = file === standardInput;
  if (!isPrinted) requireReplaceable(file);
  const { fixture, ...counts } = from === undefined ? starter : readFixture(from);
  // What is printed will be put into a file here, most likely.
  const text = `${JSON.stringify(withSchema(isPrinted ? 'fixture.json' : file, fixture), null, 2)}\n`;
  if (isPrinted) return text;
  // What is made from a file has the secrets of that, and is for its owner alone.
  const isPrivate = from !== undefined && (from === standardInput || isFile(from));
  try {
    if (isPrivate && force && existsSync(file)) chmodSync(file, 0o600);
    writeFileSync(file, text, { flag: force ? 'w' : 'wx', mode: isPrivate ? 0o600 : 0o666 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new Error(`${file} is there already: choose another name, or --force.`);
    throw new Error(`${file} cannot be written: ${describeFileError(error, file, 'write')}.`);
  }
  return `${file}: written, ${describe(counts)}\nStart with it: npx cloud-elements-emulator --fixture ${quoted(file)}\n`;
}

/** As a shell takes it, whichever it is. */
function quoted(file: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(file) ? file : `"${file}"`;
}

/** A data file that an emulator lives in is more than this file, and is not replaced. @throws {Error} */
function requireReplaceable(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory()) {
    throw new Error(`${file} is a directory: name a file in it, such as ${join(file, 'fixture.json')}.`);
  }
  // The emulator has these beside the file itself, not beside a link to it.
  const path = stats === undefined ? file : realpathSync(file);
  const [lock, log, holder] = [lockPathOf(path), logPathOf(path), holderOf(path)];
  if (holder !== undefined) {
    throw new Error(
      `${file} is a data file in use by ${holder} (${lock}): close that one first, or choose another name.`,
    );
  }
  if (!existsSync(log)) return;
  if (stats === undefined)
    throw new Error(`${log} is of a data file called ${file}: choose another name, or remove it.`);
  const hint = `start an emulator with --data ${file} and end it, which takes them in, or choose another name`;
  throw new Error(`${file} is a data file, and ${log} has changes that belong to it: ${hint}.`);
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

/** What is in a fixture, or what is wrong with it. */
export interface Verdict {
  readonly isGood: boolean;
  /** One when it is good, else one for every fault, up to a number of them. */
  readonly lines: readonly string[];
}

/** How many faults of a file are shown. */
const shownFaults = 20;

/** Checks fixtures and data files, as a start would. */
export function checkFixtures(files: readonly string[]): Verdict[] {
  return files.map((file) => {
    try {
      const name = file === standardInput ? inputName : file;
      return { isGood: true, lines: [`${name}: good, ${describe(readFixture(file))}`] };
    } catch (error) {
      if (!(error instanceof FixtureError)) throw error;
      return { isGood: false, lines: linesOf(error) };
    }
  });
}

function linesOf({ source, faults }: FixtureError): string[] {
  const lines = faults.slice(0, shownFaults).map(({ message }) => message);
  const more = faults.length - lines.length;
  return more === 0 ? lines : [...lines, `${source}: and ${more.toLocaleString('en-US')} more`];
}

function describe({ organizations, accounts, users }: Omit<ReadFixture, 'fixture'>): string {
  return [counted(organizations, 'organization'), counted(accounts, 'account'), counted(users, 'user')].join(', ');
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
