import { status } from '../state/live.ts';
import { Empty } from '../ui/empty.tsx';

/** Whether calls to the platform's hosts are led here, and of which hosts. */
export function Interceptions() {
  const hosts = status.value?.intercepted ?? [];
  if (hosts.length === 0) {
    return (
      <Empty icon="send" title="No interceptions">
        With{' '}
        <code>
          useEmulator({'{'} intercept: true {'}'})
        </code>{' '}
        or <code>interceptPlatform(emulator)</code>, calls that the process of a test suite makes to the platform’s
        hosts reach this emulator.
      </Empty>
    );
  }
  return (
    <>
      <h2>Intercepted hosts ({hosts.length})</h2>
      <p>Calls that the emulator’s process makes to these hosts reach this emulator:</p>
      <ul class="cards">
        {hosts.map((host) => (
          <li key={host} class="card">
            <code>{host}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
