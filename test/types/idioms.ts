import { type AccountSnapshot, createEmulator, type Snapshot } from '../../src/index.ts';

/** What the documentation writes, and what a user of TypeScript would. */
export function idioms(): unknown[] {
  const emulator = createEmulator();
  const snapshot: Snapshot = emulator.snapshot();
  const [organization] = snapshot.organizations;
  const account: AccountSnapshot = organization.accounts[0];
  const ids: number[] = account.users.map(({ id }) => id);
  const next: number = snapshot.sequences.account;
  return [
    emulator.requests.last().reason,
    emulator.requests.last('POST /accounts')?.body,
    emulator.snapshot().organizations[0].accounts,
    emulator.snapshot().organizations[0].accounts[1].active,
    organization.passwordPolicy.minLength.toFixed(),
    account.users[0].roles.length,
    emulator.restore(snapshot),
    createEmulator({ fixture: structuredClone(snapshot) }),
    ...ids,
    next,
  ];
}
