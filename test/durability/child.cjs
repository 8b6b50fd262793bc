// An emulator in a process of its own: node child.cjs <bundle>. It starts when its parent says
// with which options, and tells where it listens or why it does not; then it works until it is killed or told to close.

const [, , bundle] = process.argv;
const { startEmulator } = require(bundle);

let emulator;
process.on('message', async ({ options, as, close }) => {
  if (close) {
    await emulator.close();
    process.exit();
  }
  // A real user of the system, for whom permissions count.
  if (as !== undefined) process.setuid(as);
  try {
    emulator = await startEmulator({ ...options, onError: () => undefined });
    process.send({ url: emulator.baseUrl, authorization: emulator.credentials.authorization });
  } catch (error) {
    process.send({ refused: error.message, name: error.name });
  }
});
process.on('disconnect', () => process.exit());
process.send({ isLoaded: true });
