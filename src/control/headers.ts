import type { RawHeaders } from '../http/exchange.ts';

/** Sent with every answer of the emulator's own endpoints, by name. */
export const controlHeaderFields = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** The same as raw headers. */
export const controlHeaders: RawHeaders = Object.entries(controlHeaderFields).flat();
