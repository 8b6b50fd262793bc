/** Whether this is the endurance suite (test/jest/endurance.config.js), which has all of the runs. */
export const isEndurance = process.env.ENDURANCE !== undefined;

/** A test that only the endurance suite has. */
export const inEndurance = isEndurance ? test : () => undefined;

/** How often a property is tried: `all` times in the endurance suite, and a tenth of that in `npm test`. */
export function runs(all: number): number {
  return isEndurance ? all : Math.ceil(all / 10);
}

/** The rows of a table that are tried: all of them in the endurance suite, and every fourth in `npm test`, from `start` on. */
export function someOf<T>(rows: readonly T[], start: number): T[] {
  return rows.filter((_, at) => isEndurance || at % 4 === start % 4);
}
