/** A row of a table of requests: its name, what is asked, and the answer that it should get. */
export type Row = readonly [name: string, ask: () => PromiseLike<unknown>, expected: unknown];

/**
 * Asks all rows of a table, one after another, and compares their answers at once: a failure shows the rows that differ,
 * by their names. A test for each row would take several times as long as its request.
 */
export async function expectRows(rows: readonly Row[]): Promise<void> {
  const answers = new Map<string, unknown>();
  for (const [name, ask] of rows) {
    if (answers.has(name)) throw new Error(`two rows have the name '${name}'`);
    answers.set(name, await ask());
  }
  const expected = rows.map(([name, , answer]) => [name, answer]);
  expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(expected));
}
