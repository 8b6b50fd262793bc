import { connect } from '../support/client.ts';
import { createWorld } from '../support/world.ts';

/**
 * People log in with their user name or their email, so that the two are one kind of name: a user who has one of them
 * keeps it, whatever another organization does.
 */
describe('a username that looks like an email', () => {
  const user = { firstName: 'Al', lastName: 'Ias', password: 'some-pw' };

  test('still logs its user in after another organization asks for it as an email', async () => {
    const emulator = createWorld();
    const ours = connect(emulator);
    const theirs = connect(emulator, emulator.authorizationFor(2000));
    const login = { username: 'alias@ten.example', password: 'some-pw' };
    const { body } = await ours.post('/organizations/users', {
      ...user,
      email: 'al@ten.example',
      username: login.username,
    });
    expect((await ours.post('/authentication', login)).body).toMatchObject({ id: body.id });
    await theirs.post('/organizations/users', { ...user, email: login.username, password: 'other-pw' });
    expect((await ours.post('/authentication', login)).body).toMatchObject({ id: body.id });
  });

  test('cannot be the email of another user', async () => {
    const emulator = createWorld();
    const theirs = connect(emulator, emulator.authorizationFor(2000));
    const asked = { ...user, email: 'al@twenty.example', username: 'administrator@ten.example' };
    expect((await theirs.post('/organizations/users', asked)).status).toBe(409);
  });
});
