/** Sentences for the descriptions of several operations of users. */

export const newUserNote =
  'Nobody is notified: pass the password on, or let the user reset it. An email is unique on the whole platform.';

export const userChangeNote =
  'A field that is not given stays as it is; `roles` replaces all roles that were granted. A `password` unlocks a user ' +
  'who was locked by wrong ones.';

export const noneFoundNote = 'When no user matches, that is a 404.';
