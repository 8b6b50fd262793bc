import { openStream } from '../http/respond.ts';
import type { OtherRoute } from './endpoints.ts';
import type { Events } from './events.ts';
import { controlHeaders } from './headers.ts';

/** GET /events: what changes, as server-sent events, until either end closes. */
export function eventsRoute(events: Events): OtherRoute {
  return {
    method: 'GET',
    path: '/events',
    respond: (request, response) => {
      const open = () => openStream(response, 'text/event-stream; charset=utf-8', controlHeaders);
      if (request.method !== 'HEAD') return events.listen(response, open);
      open();
      response.end();
    },
  };
}
