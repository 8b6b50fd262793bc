import { readQuery } from '../http/request.ts';
import { BadRequestError } from '../platform/errors.ts';
import type { List } from '../platform/lists.ts';
import type { State } from '../state/state.ts';
import type { ControlCall, ControlRoute } from './endpoints.ts';
import { listAccounts, listOrganizations, listUsers } from './tree.ts';

const paging = ['where', 'offset', 'pageSize', 'page', 'nextPage'];

/** GET /organizations, /accounts and /users: who and what there is in all organisations, without secrets. */
export function treeRoutes(controls: { state(): State }): readonly ControlRoute[] {
  return [
    {
      method: 'GET',
      path: '/organizations',
      handle: ({ query }) => {
        requireKnown(query, []);
        return listOrganizations(controls.state());
      },
    },
    {
      method: 'GET',
      path: '/accounts',
      handle: ({ query }) => {
        requireKnown(query, ['organization', ...paging]);
        const scope = { organization: readId(query, 'organization') };
        return showList(listAccounts(controls.state(), scope, readQuery(query.toString(), paging)));
      },
    },
    {
      method: 'GET',
      path: '/users',
      handle: ({ query }) => {
        requireKnown(query, ['organization', 'account', ...paging]);
        const scope = { organization: readId(query, 'organization'), account: readId(query, 'account') };
        return showList(listUsers(controls.state(), scope, readQuery(query.toString(), paging)));
      },
    },
  ];
}

/** A page of a list, and how many there are in all. */
function showList({ items, total }: List) {
  return { total, items: items.map((item): unknown => JSON.parse(item.toString('utf8'))) };
}

function requireKnown(query: ControlCall['query'], known: readonly string[]): void {
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const hint = known.length === 0 ? 'none is known' : `${known.join(', ')} are known`;
  throw new BadRequestError(`Parameter '${unknown}' is unknown: ${hint}.`);
}

function readId(query: ControlCall['query'], name: string): number | undefined {
  const text = query.get(name) ?? '';
  if (text === '') return undefined;
  if (!/^\d+$/.test(text)) throw new BadRequestError(`Parameter '${name}' must be an id, not '${text}'.`);
  return Number(text);
}
