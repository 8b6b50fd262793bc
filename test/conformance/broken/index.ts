import { brokenAccounts } from './accounts.ts';
import { brokenCallers } from './callers.ts';
import { brokenCredentials } from './credentials.ts';
import type { Broken } from './exchange.ts';
import { brokenLists } from './lists.ts';
import { brokenRequests } from './requests.ts';
import { brokenRoles } from './roles.ts';
import { brokenUsers } from './users.ts';

/** A broken server for every check, by the id of the check. */
export const brokenServers: Readonly<Record<string, Broken>> = {
  ...brokenRequests,
  ...brokenCallers,
  ...brokenAccounts,
  ...brokenUsers,
  ...brokenCredentials,
  ...brokenRoles,
  ...brokenLists,
};
