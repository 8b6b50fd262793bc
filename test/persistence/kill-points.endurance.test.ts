import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createEmulator, type Fixture } from '../../src/index.ts';
import { fixture, send } from '../durability/changes.ts';
import { Disk, rewriteSteps } from '../durability/disk.ts';
import { useFolder } from '../durability/processes.ts';
import { kept } from '../support/kept.ts';

const folder = useFolder('kill-points');

/** What a kill at some moment would have left, with what had been sent and answered by then. */
interface Left {
  readonly when: string;
  readonly place: string;
  readonly acknowledged: readonly string[];
  readonly sent: readonly string[];
}

const externalIds = ({ organizations }: Fixture) =>
  (organizations[0]?.accounts ?? []).map(({ externalId = '' }) => externalId).filter((id) => id.startsWith('new-'));

test('a kill at any step, also of a rewrite, leaves exactly the acknowledged changes', async () => {
  const dataFile = join(mkdtempSync(join(folder, 'disk-')), 'data.json');
  const disk = new Disk(dataFile);
  const emulator = createEmulator({ fixture, dataFile, seed: 'kills' });
  disk.seen.length = 0;
  const [acknowledged, sent, lefts]: [string[], string[], Left[]] = [[], [], []];
  const post = async (externalId: string) => {
    sent.push(externalId);
    expect((await send(emulator, 'post', '/accounts', { externalId })).status).toBe(200);
    acknowledged.push(externalId);
  };
  const look = (when: string) => {
    const place = join(folder, `left-${lefts.length}`);
    mkdirSync(place);
    for (const name of ['data.json', 'data.json.log']) {
      const file = join(dataFile, '..', name);
      if (existsSync(file)) copyFileSync(file, join(place, name));
    }
    lefts.push({ when, place, acknowledged: [...acknowledged], sent: [...sent] });
  };
  disk.onStep = (step) => look(`before ${step}`);
  disk.onDone = (step) => look(`after ${step}`);

  await post('new-a');
  await post('new-b');
  // The log becomes large, and the next change rewrites the file.
  for (let n = 0; !disk.seen.includes('remove log'); n++) {
    expect((await send(emulator, 'put', '/organizations/me', { name: `${n}-`.repeat(100_000) })).status).toBe(200);
    expect(n).toBeLessThan(30);
  }
  await post('new-c');
  await emulator.reset();
  await post('new-d');
  await emulator.close();
  disk.restore();

  expect(readdirSync(join(dataFile, '..'))).toEqual(['data.json']);
  expect(externalIds(kept(dataFile))).toEqual(['new-d']);
  const seen = new Set(lefts.map(({ when }) => when));
  for (const step of rewriteSteps) {
    for (const when of ['before', 'after']) expect(seen).toContain(`${when} ${step}`);
  }
  expect(lefts.length).toBeGreaterThan(50);
  let isReset = false;
  const wrong: unknown[] = [];
  for (const left of lefts) {
    const file = join(left.place, 'data.json');
    const found = externalIds(kept(file));
    // The reset is one of the changes: from the moment it shows, it stays.
    isReset ||= left.sent.includes('new-c') && found.length === 0;
    const gone = isReset ? ['new-d'] : left.sent;
    const lacks = left.acknowledged.filter((id) => gone.includes(id) && !found.includes(id));
    const extra = found.filter((id) => !gone.includes(id));
    if (lacks.length > 0 || extra.length > 0) wrong.push({ ...left, found });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  }
  expect(wrong).toEqual([]);
  expect(isReset).toBe(true);
});
