import { secretVariables } from './table.ts';
import { UsageError } from './values.ts';

/** The secrets of an administrator, from the environment, so that no list of processes and no history has them. */
export function readSecrets(environment: NodeJS.ProcessEnv): { userSecret: string; organizationSecret: string } {
  const [userSecret = '', organizationSecret = ''] = secretVariables.map((name) => environment[name]?.trim());
  const missing = secretVariables.filter((name) => (environment[name] ?? '').trim() === '');
  if (missing.length === 0) return { userSecret, organizationSecret };
  throw new UsageError(`Set ${missing.join(' and ')} to the secrets of an administrator of the organization.`);
}
