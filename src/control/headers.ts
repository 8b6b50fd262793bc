import type { RawHeaders } from '../api/respond.ts';

/** Sent with every answer of the emulator's own endpoints. */
export const controlHeaders: RawHeaders = [
  'Cache-Control',
  'no-store',
  'Cross-Origin-Resource-Policy',
  'same-origin',
  'X-Content-Type-Options',
  'nosniff',
];
