/** The documents that are reproduced, for readers who have the contract alone. */
const documents: Readonly<Record<string, string>> = {
  'seed 000': '"Manage accounts" (2017)',
  'seed 001': '"Account Level Users APIs" (2018)',
  'seed 002': '"Organization APIs" (2014)',
  'seed 003': '"Base /organizations APIs" (2018)',
  'vendor docs': "the vendor's public reference",
};

/** What a source is called; `undefined` for our own. */
export function documentOf(source: string): string | undefined {
  return documents[source];
}
