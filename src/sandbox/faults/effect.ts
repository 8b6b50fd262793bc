import type { Fault } from '../../faults/fault.ts';

/** What a fault does, in a few words. */
export function effectOf({ status, delayMs, drop, message, body, rawBody, when }: Fault): string {
  // A body of the fault's own replaces the envelope, and with it the message.
  const said = body === undefined && rawBody === undefined ? message : undefined;
  const parts = [
    ...(delayMs === undefined ? [] : [`${delayMs.toLocaleString('en')} ms late`]),
    ...(status === undefined ? [] : [`${status}${said === undefined ? '' : ` “${said}”`}`]),
    ...(body === undefined && rawBody === undefined ? [] : ['another body']),
    ...(drop === true ? ['connection dropped'] : []),
    ...(when === 'after' ? ['after the change'] : []),
  ];
  return parts.join(', ');
}
