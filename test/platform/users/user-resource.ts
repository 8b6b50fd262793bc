/** The tests that the users of an account and those of the organization have in common. */
export interface UserResource {
  /** Where a user is added and listed. */
  readonly collection: string;
  /** Where user 1101, Uma of account 110, is. */
  readonly uma: string;
  /** Whether new users belong to the default account, the only one with `org-admin`. */
  readonly inDefaultAccount: boolean;
  /** The verbs that change a user. */
  readonly changes: readonly ('patch' | 'put')[];
}

/** A body that both resources accept. */
export const newUser = {
  firstName: 'First',
  lastName: 'Last',
  email: 'First.Last@company.example',
  password: 'new-pw',
};
