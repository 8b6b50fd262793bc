export type { Credentials } from './control/credentials.ts';
export { createEmulator, type Emulator, startEmulator } from './emulator.ts';
export type { ActiveFault, Fault, Faults } from './faults/fault.ts';
export { FixtureError, type FixtureFault } from './fixtures/fixture-error.ts';
export type {
  AccountFixture,
  Fixture,
  OrganizationFixture,
  ReadFixture,
  StubFixture,
  UserFixture,
} from './fixtures/fixture-types.ts';
export type { AccountSnapshot, OrganizationSnapshot, Snapshot, UserSnapshot } from './fixtures/snapshot-types.ts';
export type { Journal } from './journal/journal.ts';
export type { RequestPattern, RequestQuery } from './journal/pattern.ts';
export type { RecordedRequest } from './journal/recorded-request.ts';
export { type ApiDescription, describeApi } from './openapi/index.ts';
export type { EmulatorOptions } from './options.ts';
export type { OperationId } from './platform/operation-ids.ts';
export type { Duration, EmulatorClock } from './state/clock.ts';
export type { PasswordPolicy, RoleKey } from './state/records.ts';
export { readFixture } from './stubs/read-fixture.ts';
export type {
  ActiveStub,
  Proceed,
  Respond,
  Stub,
  StubAnswer,
  StubCaller,
  StubRequest,
  Stubs,
} from './stubs/stub.ts';
export type { HttpsFiles } from './tls/key-pair.ts';
