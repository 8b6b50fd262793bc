import { Clock } from './clock.tsx';
import { Snapshots } from './snapshots.tsx';

/** The panel with the clock and the snapshots. */
export function TimePanel() {
  return (
    <div class="scroller padded">
      <Clock />
      <Snapshots />
    </div>
  );
}
