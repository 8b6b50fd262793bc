import { type AccountSnapshot, createEmulator, type Snapshot, type Stub } from '../../src/index.ts';

/** The code of the documentation, and typical code of a user of TypeScript. */
export function idioms(): unknown[] {
  const emulator = createEmulator();
  const snapshot: Snapshot = emulator.snapshot();
  const [organization] = snapshot.organizations;
  const account: AccountSnapshot = organization.accounts[0];
  const ids: number[] = account.users.map(({ id }) => id);
  const next: number = snapshot.sequences.account;
  const stub = emulator.stubs.add({
    method: 'POST',
    path: '/instances',
    respond: (request) => ({ status: 200, body: { id: 7, owner: request.caller.user.id } }),
  });
  emulator.stubs.add({
    operationId: 'getOrganization',
    respond: async (_request, proceed) => {
      const answer = await proceed();
      return { ...answer, body: { ...answer.body, tierId: 9 } };
    },
  });
  emulator.stubs.add({ path: '/hubs', access: 'anyone', respond: ({ caller }) => ({ body: caller?.account.name }) });
  // @ts-expect-error: where anyone may call, there may be no caller.
  emulator.stubs.add({ path: '/hubs', access: 'anyone', respond: ({ caller }) => ({ body: caller.account.name }) });
  emulator.stubs.add({
    operationId: 'getAccounts',
    respond: async ({ body, query }, proceed) => {
      const { status, body: accounts } = await proceed<{ id: number }[]>();
      return { status, body: [...accounts.map(({ id }) => id), body?.name, query.where] };
    },
  });
  const fixed: Stub = { path: '/hubs', status: 200, headers: {}, body: ['crm'] };
  return [
    emulator.stubs.remove(stub.id),
    emulator.stubs.unmatched().length,
    createEmulator({ stubs: [fixed], fixture: { organizations: [], stubs: [{ path: '/hubs', access: 'anyone' }] } }),
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
