import { openStream } from '../http/respond.ts';
import type { RawEndpoint } from './endpoint.ts';
import { controlHeaders } from './headers.ts';

/** GET /events: what changes, as server-sent events, until the client or the emulator ends the connection. */
export const eventStream: RawEndpoint = {
  method: 'GET',
  path: '/events',
  respond: (request, response, { events }) => {
    const open = () => openStream(response, 'text/event-stream; charset=utf-8', controlHeaders);
    if (request.method !== 'HEAD') return events.listen(response, open);
    open();
    response.end();
  },
};
