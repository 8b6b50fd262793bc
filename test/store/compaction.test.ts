import { setTimeout as sleep } from 'node:timers/promises';
import { Compaction } from '../../src/store/compaction.ts';
import { until } from '../support/until.ts';

/** A file of which one can see when it is to be written anew; it fails at that, until told otherwise. */
function watched() {
  const capture = jest.fn<Promise<never>, []>(() => Promise.reject(new Error('full')));
  const onError = jest.fn();
  const none = () => Promise.resolve();
  const compaction = new Compaction({
    path: __filename,
    capture,
    mark: none,
    renew: none,
    gone: () => undefined,
    onError,
  });
  return { compaction, capture, onError };
}

test('a large log is dealt with at once, and then there is a rest', async () => {
  const { compaction, capture, onError } = watched();
  compaction.request(true);
  expect(capture).toHaveBeenCalledTimes(1);
  compaction.request(true);
  await sleep(20);
  compaction.request(true);
  expect(capture).toHaveBeenCalledTimes(1);
  expect(onError).toHaveBeenCalledTimes(1);
  await compaction.end(() => false);
});

test('a small one waits until it is quiet; one that fails is told of once, and tried again', async () => {
  const { compaction, capture, onError } = watched();
  compaction.request(false);
  expect(capture).not.toHaveBeenCalled();
  await until(() => capture.mock.calls.length >= 2);
  await sleep(0);
  expect(onError).toHaveBeenCalledTimes(1);
  await compaction.end(() => true);
  expect(capture).toHaveBeenCalledTimes(3);
  compaction.request(true);
  expect(capture).toHaveBeenCalledTimes(3);
});
