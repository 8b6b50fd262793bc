/** Sentences for the descriptions of several operations of users. */

export const newUserNote =
  'Nobody is notified: pass the password on, or let the user reset it. An email is unique on the whole platform.';

export const userChangeNote =
  'Absent fields stay unchanged; `roles` replaces all granted roles. A `password` unlocks a user who was locked by wrong ' +
  'passwords.';

export const noneFoundNote = 'The answer is 404 when no user matches.';
