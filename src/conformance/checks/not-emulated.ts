import type { Check } from '../check.ts';
import { agree } from '../difference.ts';

export const notEmulatedRows: readonly Check[] = [
  {
    id: 'not-emulated',
    sentence:
      "501 for the paths of the platform that are not emulated, which the vendor's client and suites call: the list is in [operations](operations.md#operations)",
    source: 'ours',
    note: 'the platform has these paths',
    changes: 'nothing',
    run: async ({ admin }) => {
      for (const path of ['/elements', '/instances', '/formulas/1', '/hubs/crm/contacts']) {
        agree(await admin.get(path), 501);
      }
    },
  },
  {
    id: 'not-emulated-below-users',
    sentence:
      '`branding`, `elements` and so on right below `/users` are such paths as well, and not ids or emails; at `/organizations` itself only POST is one',
    source: 'ours',
    changes: 'nothing',
    run: async ({ admin }) => {
      for (const path of ['/users/branding', '/users/elements', '/accounts/settings', '/organizations/me/branding']) {
        agree(await admin.get(path), 501);
      }
      agree(await admin.get('/organizations'), 404);
    },
  },
];
