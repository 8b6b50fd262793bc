import { get, query } from '../state/api.ts';
import type { Call } from './call.ts';

/** What GET /__emulator/excerpt answers. */
export interface Excerpt {
  readonly fixture?: Fixture;
  readonly missing: readonly string[];
}

interface Fixture {
  readonly organizations: readonly {
    readonly accounts: readonly { readonly id: number; readonly users?: readonly { readonly id: number }[] }[];
  }[];
}

/** The records that a request depends on, as they are now; `undefined` when the emulator does not tell them. */
export async function excerptFor({ path, body }: Call, user: string | undefined): Promise<Excerpt | undefined> {
  const { externalId, email } = Object(parse(body));
  const [below = ''] = path.split('?');
  return get<Excerpt>(
    `/excerpt${query({ path: below, user, externalId: text(externalId), email: text(email) })}`,
  ).catch(() => undefined);
}

/** An excerpt without the record that the request itself has made. */
export function withoutMade(excerpt: Excerpt | undefined, id: unknown): Excerpt | undefined {
  if (excerpt?.fixture === undefined) return excerpt;
  const organizations = excerpt.fixture.organizations.map((organization) => ({
    ...organization,
    accounts: organization.accounts
      .filter((account) => account.id !== id)
      .map((account) => ({
        ...account,
        ...(account.users && { users: account.users.filter((user) => user.id !== id) }),
      })),
  }));
  return { ...excerpt, fixture: { organizations } };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function parse(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}
