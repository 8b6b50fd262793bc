export type { AnsweredRequest } from './api/answered-request.ts';
export type { Credentials } from './credentials.ts';
export { createEmulator, type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
export { FixtureError } from './store/fixture-error.ts';
export type { AccountFixture, Fixture, OrganizationFixture, UserFixture } from './store/fixture-types.ts';
export type { PasswordPolicy, RoleKey } from './store/records.ts';
