import { startEmulator } from 'cloud-elements-emulator';
import { CompareError, compare } from 'cloud-elements-emulator/compare';

const emulator = await startEmulator({ fixture: 'minimal' });
const { userSecret, organizationSecret } = emulator.credentials;
const { agrees, differs, left } = await compare({
  baseUrl: emulator.baseUrl,
  userSecret,
  organizationSecret,
  write: true,
  only: ['cors', 'account-delete-twice'],
});
const refused = await compare({ baseUrl: emulator.url, userSecret, organizationSecret }).catch((error) => error);
console.log(agrees, differs, left.length, refused instanceof CompareError);
await emulator.close();
