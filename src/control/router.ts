import express from 'express';
import { sendJson } from '../api/respond.ts';
import type { Credentials } from '../credentials.ts';
import { MethodNotAllowedError, NotFoundError } from '../platform/errors.ts';
import { version } from '../version.ts';
import { fence } from './fence.ts';

/** What the control endpoints are built on. */
export interface ControlOptions {
  readonly allowHosts: readonly string[];
  /** The credentials of a user, of the administrator by default; `undefined` when there is none. */
  credentialsOf(emailOrId?: string): Credentials | undefined;
  /** Told of every error that is the emulator's own fault. */
  onUnexpectedError(error: unknown, during: string): void;
}

/** The emulator's own endpoints, apart from the platform's paths. */
export function controlRouter({ allowHosts, credentialsOf }: ControlOptions): express.Router {
  const router = express.Router();
  router.use(fence(allowHosts));

  router.get('/health', (_request, response) => {
    sendJson(response, 200, { status: 'ok', version });
  });

  router.get('/credentials', (request, response) => {
    const user = new URL(request.url, 'http://emulator').searchParams.get('user') ?? undefined;
    const credentials = credentialsOf(user);
    if (credentials === undefined) {
      throw new NotFoundError(user === undefined ? 'There is no administrator.' : `No user found for '${user}'.`);
    }
    response.setHeader('Cache-Control', 'no-store');
    sendJson(response, 200, credentials);
  });

  router.all(['/health', '/credentials'], (request) => {
    throw new MethodNotAllowedError(`${request.method} is not allowed on ${request.originalUrl}, only GET, HEAD.`, [
      'GET',
      'HEAD',
    ]);
  });
  router.use((request) => {
    throw new NotFoundError(
      `There is nothing at ${request.originalUrl}: GET /__emulator/health and /credentials are there.`,
    );
  });
  return router;
}
