import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogFile } from '../../src/store/log-file.ts';
import { Disk, type Step } from '../durability/disk.ts';
import { useFolder } from '../durability/processes.ts';

const folder = useFolder('log-file');
const disks: Disk[] = [];
afterEach(() => {
  for (const disk of disks.splice(0)) disk.restore();
});

async function begun() {
  const path = join(mkdtempSync(join(folder, 'disk-')), 'data.json');
  const disk = new Disk(path);
  disks.push(disk);
  const log = new LogFile(`${path}.log`, 0, false);
  const append = (text: string) => log.append([Buffer.from(text)]);
  await append('one\n');
  return { disk, log, append, text: () => readFileSync(log.path, 'utf8') };
}

test.each<Step>(['open text', 'text', 'sync text', 'rename'])(
  'a replacement that fails before it is in place (%s): the old text goes on',
  async (step) => {
    const { disk, log, append, text } = await begun();
    disk.fail({ step, code: 'ENOSPC', times: 1 });
    await expect(log.replace('two\n')).rejects.toThrow('ENOSPC');
    await append('three\n');
    expect([text(), log.length]).toEqual(['one\nthree\n', 10]);
    await log.close();
  },
);

test('one that is in place, and not sure to stay: nothing is appended before its name is on disk', async () => {
  const { disk, log, append, text } = await begun();
  disk.fail({ step: 'fsync directory', code: 'EIO' });
  await log.replace('two\n');
  expect(text()).toBe('two\n');
  await expect(append('three\n')).rejects.toThrow('EIO');
  disk.mend();
  await append('four\n');
  expect([text(), log.length]).toEqual(['two\nfour\n', 9]);
  await log.close();
});

test('an empty text is no file; one that cannot be removed goes on', async () => {
  const { disk, log, append, text } = await begun();
  disk.fail({ step: 'remove log', code: 'EACCES', times: 1 });
  await expect(log.replace('')).rejects.toThrow('EACCES');
  await append('two\n');
  expect(text()).toBe('one\ntwo\n');
  await log.replace('');
  expect([existsSync(log.path), log.length, log.isLost]).toEqual([false, 0, false]);
  await append('three\n');
  expect(text()).toBe('three\n');
  await log.close();
});
