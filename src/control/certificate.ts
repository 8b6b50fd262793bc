import { NotFoundError } from '../http/errors.ts';
import { sendAs } from '../http/respond.ts';
import type { RawEndpoint } from './endpoint.ts';
import { controlHeaderFields } from './headers.ts';

/** GET /certificate: the certificate that clients have to trust, as a file in PEM. It is not secret. */
export const certificate: RawEndpoint = {
  method: 'GET',
  path: '/certificate',
  respond: (_request, response, controls) => {
    const text = controls.certificate();
    if (text === undefined) {
      throw new NotFoundError('There is no certificate, because the emulator speaks HTTP: start it with --https.');
    }
    sendAs(response, 200, text, 'application/x-pem-file', controlHeaderFields);
  },
};
