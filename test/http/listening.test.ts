import { get } from 'node:http';
import { startEmulator } from '../../src/index.ts';

const statusAt = (url: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    get(`${url}/__emulator/health`, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });

test('an emulator listens on loopback alone unless told otherwise, and warns of the rest', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const own = await startEmulator();
  expect(new URL(own.url).hostname).toBe('127.0.0.1');
  expect(warned).not.toHaveBeenCalled();
  await own.close();
  const open = await startEmulator({ host: '0.0.0.0' });
  expect(warned).toHaveBeenCalledWith(
    expect.stringMatching(/^The emulator listens on 0\.0\.0\.0: everybody who reaches this machine can use it/),
    'CloudElementsEmulatorWarning',
  );
  expect(await statusAt(`http://127.0.0.1:${new URL(open.url).port}`)).toBe(200);
  await open.close();
  warned.mockRestore();
});
