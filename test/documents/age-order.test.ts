import seed000 from './data/000.json' with { type: 'json' };
import seed001 from './data/001.json' with { type: 'json' };
import seed002 from './data/002.json' with { type: 'json' };
import seed003 from './data/003.json' with { type: 'json' };
import { createDocumentsEmulator, type PrintedDocument, send } from './replay.ts';

/** 2014, 2017, and two of 2018. */
const documents: readonly (readonly [string, PrintedDocument])[] = [
  ['002', seed002],
  ['000', seed000],
  ['001', seed001],
  ['003', seed003],
];

test('one emulator answers the four documents one after another, oldest first', async () => {
  const emulator = createDocumentsEmulator();
  const statuses: string[] = [];
  for (const [name, { requests }] of documents) {
    for (const printed of requests) {
      const { status } = await send(emulator, printed);
      statuses.push(`${name} ${printed.method} ${printed.path} ${status}`);
    }
  }
  expect(statuses).toHaveLength(21);
  expect(statuses.filter((line) => !line.endsWith(' 200'))).toEqual([]);
});
