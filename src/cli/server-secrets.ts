import { messageOf } from '../text/message-of.ts';
import { secretVariables } from './table.ts';
import { UsageError } from './values.ts';

/** The secrets of an administrator, from the environment, so that no list of processes and no history has them. */
export function readSecrets(environment: NodeJS.ProcessEnv): { userSecret: string; organizationSecret: string } {
  const [userSecret = '', organizationSecret = ''] = secretVariables.map((name) => environment[name]?.trim());
  const missing = secretVariables.filter((name) => (environment[name] ?? '').trim() === '');
  if (missing.length === 0) return { userSecret, organizationSecret };
  throw new UsageError(`Set ${missing.join(' and ')} to the secrets of an administrator of the organization.`);
}

/** Throws the error of a run again, with the names that its user knows in place of those of the options. */
export function nameVariables(error: unknown): never {
  const [user, organization] = secretVariables;
  const message = messageOf(error)
    .replace(/(?:Option )?'userSecret'/, user)
    .replace(/(?:Option )?'organizationSecret'/, organization);
  throw new Error(message, { cause: error });
}
