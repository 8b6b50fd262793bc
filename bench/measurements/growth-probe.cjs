// Prints the CPU time in microseconds of one kind of call with so many users or requests.

const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const { index, kind, size } = JSON.parse(process.argv[2]);
const { createEmulator } = require(index);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const organization = (users) => ({
  id: 1,
  name: 'Bench',
  accounts: [
    { id: 1, defaultAccount: true, users: [{ id: 900_000, email: 'a@bench.example', roles: ['org-admin'] }] },
    {
      id: 2,
      externalId: 'bench',
      users: Array.from({ length: users }, (_, n) => ({ id: 1000 + n, email: `user${n}@bench.example` })),
    },
  ],
});

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

async function costOf(action, times = 1) {
  const before = cpu();
  for (let time = 0; time < times; time += 1) await action();
  return (cpu() - before) / times;
}

async function main() {
  const users = kind === 'growth-last' ? 0 : size;
  const emulator = createEmulator({ fixture: { organizations: [organization(users)] }, journalLimit: 100_000 });
  await emulator.listen();
  const { authorization } = emulator.credentials;
  const call = async (method, path, body) => {
    const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await fetch(emulator.url + path, { method, headers, body });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  };
  const api = '/elements/api-v2';
  const change = (path) => costOf(() => call('PATCH', `${api}/accounts/2${path}`, '{"active": false}'));
  const page = () => call('GET', '/__emulator/users?pageSize=20');
  const measures = {
    'growth-permanent': () => change('?permanent=true'),
    'growth-deactivate': () => change(''),
    'growth-page': async () => {
      await costOf(page, 300);
      return costOf(page, 500);
    },
    'growth-last': async () => {
      for (let request = 0; request < size; request += 1) await call('GET', `${api}/organizations/me`);
      const last = () => emulator.requests.last('GET /organizations/me');
      await costOf(last, 2000);
      // The collection of what the requests have left behind would count as the cost of the calls.
      collect();
      return costOf(last, 50_000);
    },
  };
  await call('GET', `${api}/organizations/me`);
  console.log(await measures[kind]());
  await emulator.close();
}

main();
