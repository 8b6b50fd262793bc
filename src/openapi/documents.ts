/** The documents that the emulator reproduces. */
const documents: Readonly<Record<string, string>> = {
  'seed 000': '"Manage accounts" (2017)',
  'seed 001': '"Account Level Users APIs" (2018)',
  'seed 002': '"Organization APIs" (2014)',
  'seed 003': '"Base /organizations APIs" (2018)',
  'vendor docs': "the vendor's public reference",
};

/** The title of a source. @throws {Error} for an unknown one. */
export function documentOf(source: string): string {
  const title = documents[source];
  if (title === undefined) throw new Error(`There is no document '${source}'.`);
  return title;
}
