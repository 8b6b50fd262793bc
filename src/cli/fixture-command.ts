import { accessSync, chmodSync, constants, existsSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, parse, relative, resolve } from 'node:path';
import { isFile } from '../fixtures/built-in.ts';
import { inputName, standardInput } from '../fixtures/standard-input.ts';
import { type Fixture, FixtureError, type ReadFixture, readFixture } from '../index.ts';
import { holderOf, lockPathOf, logPathOf } from '../persistence/index.ts';
import { counted } from '../text/counted.ts';
import { describeFileError } from '../text/file-error.ts';
import { codeOf } from '../text/message-of.ts';

/** The path of the fixture schema in a project. */
const schemaPath = 'node_modules/cloud-elements-emulator/fixtures/fixture.schema.json';

/** An example of everything that a fixture is likely to need; names and emails explain each. */
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

/** The arguments of `fixture init`. */
export interface FixtureInit {
  /** `-` is standard output. */
  readonly file: string;
  /** A built-in name, the path of a fixture or data file, or `-`, to copy in place of the starter. */
  readonly from: string | undefined;
  /** Whether an existing file may be replaced. */
  readonly force: boolean;
}

/**
 * Writes a first fixture and returns a text that says how to use it; for `-` it returns the fixture itself.
 *
 * @throws {Error} when the file exists, belongs to an emulator, or cannot be written.
 * @throws {FixtureError} when the source of the fixture cannot be used.
 */
export function initFixture({ file, from, force }: FixtureInit): string {
  const isPrinted = file === standardInput;
  if (!isPrinted) requireReplaceable(file);
  const { fixture, ...counts } = from === undefined ? starter : readFixture(from);
  // The printed text most likely becomes a file in this folder.
  if (isPrinted) return fixtureText('fixture.json', fixture);
  // A copy of a file contains the secrets of the file, so that only the owner may read it.
  saveFixture(file, fixture, { force, isPrivate: from !== undefined && (from === standardInput || isFile(from)) });
  return `${file}: written, ${describe(counts)}\nStart with it: npx cloud-elements-emulator --fixture ${quoted(file)}\n`;
}

/** A fixture as the text of a file, with the path of the schema for editors. */
export function fixtureText(file: string, fixture: Fixture): string {
  return `${JSON.stringify(withSchema(file, fixture), null, 2)}\n`;
}

/** Writes a fixture into a file, which only its owner can read if it is private. @throws {Error} */
export function saveFixture(
  file: string,
  fixture: Fixture,
  { force, isPrivate }: { readonly force: boolean; readonly isPrivate: boolean },
): void {
  saveText(file, fixtureText(file, fixture), { force, isPrivate });
}

/** The same for any text. @throws {Error} */
export function saveText(
  file: string,
  text: string,
  { force, isPrivate }: { readonly force: boolean; readonly isPrivate: boolean },
): void {
  try {
    if (isPrivate && force && existsSync(file)) chmodSync(file, 0o600);
    writeFileSync(file, text, { flag: force ? 'w' : 'wx', mode: isPrivate ? 0o600 : 0o666 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new Error(isThere(file));
    throw new Error(`${file} cannot be written: ${describeFileError(error, file, 'write')}.`);
  }
}

/**
 * Refuses a file that cannot or must not be written, before its content is made.
 *
 * @param example a name that it could have in a directory.
 * @throws {Error}
 */
export function requireFree(file: string, force: boolean, example?: string): void {
  requireReplaceable(file, example);
  if (!force && existsSync(file)) throw new Error(isThere(file));
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
  } catch (error) {
    throw new Error(`${file} cannot be written: ${describeFileError(error, file, 'write')}.`);
  }
}

function isThere(file: string): string {
  return `${file} exists already: choose another name, or --force.`;
}

/** A file name for the command line of any shell. */
export function quoted(file: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(file) ? file : `"${file}"`;
}

/** Refuses to replace the data file of an emulator: such a file has a lock or a log next to it. @throws {Error} */
function requireReplaceable(file: string, example = 'fixture.json'): void {
  const { stats, path } = findFile(file);
  if (stats?.isDirectory()) {
    throw new Error(`${file} is a directory: name a file in it, such as ${join(file, example)}.`);
  }
  // Writing to a pipe would wait for a reader, and a device would get other rights.
  if (stats?.isFile() === false) {
    throw new Error(`${file} is not a regular file: choose another name, or - for standard output.`);
  }
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

/**
 * The stats of a path, and the path of the file itself: lock and log are next to that file, not next to a link to it.
 */
function findFile(file: string) {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    return { stats, path: stats === undefined ? file : realpathSync(file) };
  } catch (error) {
    throw new Error(`${file} cannot be written: ${describeFileError(error, file, 'write')}.`);
  }
}

/** A fixture that begins with the path of the schema, for editors. */
function withSchema(file: string, fixture: Fixture): Fixture {
  const { $schema: _, ...rest } = fixture;
  return { $schema: schemaFor(resolve(file)), ...rest };
}

/** The path of the schema of a file's project, relative to the file. */
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

/** A summary of a fixture, or its issues. */
export interface Verdict {
  readonly isGood: boolean;
  /** One line for a valid fixture, otherwise one for each issue, up to a limit. */
  readonly lines: readonly string[];
}

/** How many issues of a file are shown. */
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
