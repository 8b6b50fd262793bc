import { Clock } from './clock.tsx';
import { Snapshots } from './snapshots.tsx';

/** When the emulator is: its clock, and moments to come back to. */
export function Moments() {
  return (
    <div class="scroller padded">
      <Clock />
      <Snapshots />
    </div>
  );
}
