import { runInNewContext } from 'node:vm';
import { didYouMean } from '../text/suggest.ts';
import { dateOfEpoch, parseDate } from './dates.ts';

/** A length of time: the sum of its parts. Months and years are missing because they have no fixed length. */
export interface Duration {
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** The emulator's clock: every date in an answer comes from it. */
export interface EmulatorClock {
  /** The present instant. */
  now(): Date;
  /**
   * Stops the clock at an instant.
   *
   * @param instant a `Date`, epoch milliseconds, `YYYY-MM-DD` or an ISO 8601 timestamp (UTC when it names no zone).
   * @throws {Error} when it is not an instant.
   */
  set(instant: string | number | Date): void;
  /**
   * Moves the clock, with negative parts also back. A stopped clock stays stopped, a running one continues to run.
   *
   * @throws {Error} for an unknown part, one that is not a number, or a time beyond the years 0000 to 9999.
   */
  advance(duration: Duration): void;
  /** Lets the clock follow the machine's time again. */
  run(): void;
}

/** The instant at which a clock stands, or how far it runs ahead of the machine's time; both in milliseconds. */
export type ClockTime = { readonly standing: number } | { readonly ahead: number };

/** The only source of time. */
export class Clock {
  time: ClockTime;
  readonly #machineTime: () => number;

  /**
   * @param standing the instant at which the clock stands, in epoch milliseconds. Default: it runs.
   * @param machine gives the machine's time.
   */
  constructor(standing?: number, machine: () => number = machineTime) {
    this.#machineTime = machine;
    this.time = standing === undefined ? { ahead: 0 } : { standing };
  }

  /** The present instant in epoch milliseconds. */
  now(): number {
    return 'standing' in this.time ? this.time.standing : this.#machineTime() + this.time.ahead;
  }

  advance(milliseconds: number): void {
    const { time } = this;
    if ('standing' in time) this.time = { standing: time.standing + milliseconds };
    else this.time = { ahead: time.ahead + milliseconds };
  }
}

/**
 * The clock as its users see it.
 *
 * @param changed called after every change.
 */
export function controlClock(clock: Clock, changed: () => void = () => undefined): EmulatorClock {
  return {
    now: () => new Date(clock.now()),
    set: (instant) => {
      clock.time = { standing: readInstant(instant, 'clock.set()') };
      changed();
    },
    advance: (duration) => {
      clock.advance(readDuration(duration, clock.now(), 'clock.advance()'));
      changed();
    },
    run: () => {
      clock.time = { ahead: 0 };
      changed();
    },
  };
}

/**
 * Reads an instant into epoch milliseconds.
 *
 * @param what the option or call to name in an error.
 * @throws {Error} when it is not an instant, or is beyond the years 0000 to 9999.
 */
export function readInstant(instant: string | number | Date, what: string): number {
  const given = instant instanceof Date ? instant.getTime() : instant;
  const date = typeof given === 'number' ? dateOfEpoch(given) : parseDate(String(given));
  if (date === undefined) {
    throw new Error(`${what} must be an ISO 8601 instant of the years 0000 to 9999, not '${given}'.`);
  }
  return date.at;
}

const unitsInMilliseconds: Readonly<Record<string, number>> = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  milliseconds: 1,
};

/**
 * Reads a duration into milliseconds.
 *
 * @param from the instant that the duration is added to, in epoch milliseconds.
 * @param what the call or field to name in an error.
 * @throws {Error} when it is not a duration, or leads beyond the years 0000 to 9999.
 */
export function readDuration(duration: Duration, from: number, what: string): number {
  const parts = Object.entries(duration ?? {});
  const units = Object.keys(unitsInMilliseconds);
  if (parts.length === 0) throw new Error(`${what} needs one of ${units.join(', ')}, such as { days: 1 }.`);
  const sum = parts.reduce((sum, [unit, count]) => {
    const length = Object.hasOwn(unitsInMilliseconds, unit) ? unitsInMilliseconds[unit] : undefined;
    if (length === undefined) {
      throw new Error(`${what} knows no '${unit}': ${didYouMean(unit, units, `one of ${units.join(', ')}`)}`);
    }
    if (typeof count !== 'number' || !Number.isFinite(count)) {
      throw new Error(`${what} takes a number of ${unit}, not ${JSON.stringify(count)}.`);
    }
    return sum + count * length;
  }, 0);
  const milliseconds = Math.round(sum);
  if (dateOfEpoch(from + milliseconds) === undefined) throw new Error(`${what} leads beyond the years 0000 to 9999.`);
  return milliseconds;
}

/**
 * The machine's time in epoch milliseconds, which follows the machine when its clock is set or it wakes up. A test
 * suite's fake timers replace `Date` and must not stop the emulator's clock: this is the original function, or that of
 * a separate context if the suite has replaced it already. (A context takes some milliseconds.)
 */
const machineTime: () => number = isNative(Date) && isNative(Date.now) ? Date.now : runInNewContext('Date.now');

function isNative(value: () => unknown): boolean {
  return Function.prototype.toString.call(value).includes('[native code]');
}
