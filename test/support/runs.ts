/** Whether this is the endurance suite (test/jest/endurance.config.js), which has all of the runs. */
export const isEndurance = process.env.ENDURANCE !== undefined;

/** How often a property is tried: `all` times in the endurance suite, and a tenth of that in `npm test`. */
export function runs(all: number): number {
  return isEndurance ? all : Math.ceil(all / 10);
}
