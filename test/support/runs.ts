/** Whether this is the endurance suite (test/jest/endurance.config.js), whose runs are enough to try everything. */
export const isEndurance = process.env.ENDURANCE !== undefined;

/** How often a property is tried: `all` times in the endurance suite, and a tenth of that in `npm test`. */
export function runs(all: number): number {
  return isEndurance ? all : Math.ceil(all / 10);
}
