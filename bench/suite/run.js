// One suite in a process of its own: N tests of six calls, each followed by a reset. Prints its CPU and wall time.

import { strict as assert } from 'node:assert';

const began = performance.now();
const { name, tests, dist } = JSON.parse(process.argv[2]);
const { start } = await import(`./${name}.js`);
const { base, headers, paths, reset, close } = await start({ dist });

async function call(method, path, body) {
  const init = { method, headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' } };
  const response = await fetch(base + path, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  const answer = await response.json();
  assert.ok(response.ok, `${name}: ${method} ${path} was answered with ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Create an account and a user, list, get and deactivate the user, list again. */
async function test(number) {
  const account = await call('POST', paths.accounts, paths.newAccount(number));
  const user = await call('POST', paths.users(account), paths.newUser(number));
  assert.equal(paths.count(await call('GET', paths.users(account))), 1);
  const got = await call('GET', paths.user(account, user));
  assert.equal(paths.idOf(got), paths.idOf(user));
  await call(paths.deactivate.method, paths.user(account, user), paths.deactivate.body);
  // A suite on the platform asks for the inactive ones; 404 is its answer to an empty list.
  assert.equal(paths.count(await call('GET', paths.allUsers(account))), 1);
  await reset();
}

for (let number = 0; number < tests; number++) await test(number);
await close();
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ cpu: (user + system) / 1000, wall: performance.now() - began }));
process.exit();
