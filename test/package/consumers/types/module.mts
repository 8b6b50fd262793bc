import { createEmulator, type Fixture, FixtureError, startEmulator, type UserFixture } from 'cloud-elements-emulator';
import documentation from 'cloud-elements-emulator/fixtures/documentation.json' with { type: 'json' };

const fixture: Fixture = { organizations: [{ name: 'Acme', accounts: [{ users: [{ email: 'a@b.c' }] }] }] };
const emulator = await startEmulator({ fixture, now: '2017-07-10T00:00:00Z', seed: 'types' });
export const header: string = emulator.authorizationFor('a@b.c');
export const secret: string = emulator.credentials.userSecret;
export const refused = new FixtureError('source', '/pointer', 'problem').pointer satisfies string;
// @ts-expect-error an email is a text
export const wrong: UserFixture = { email: 1 };
// As JSON files are typed.
export const published = createEmulator({ fixture: documentation });
createEmulator({ fixture });
await emulator.close();
