// The arithmetic of the benchmark.

/** @param {readonly number[]} values */
export function median(values) {
  if (values.length === 0) throw new Error('There is no median of nothing.');
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Median and spread.
 *
 * @param {readonly number[]} values
 * @returns {{ median: number, min: number, max: number, samples: number }}
 */
export function summary(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values), samples: values.length };
}

/**
 * The ratios of two subjects, round by round: on a noisy machine only figures of one round are comparable.
 *
 * @param {readonly number[]} values
 * @param {readonly number[]} base
 */
export function ratios(values, base) {
  if (values.length !== base.length) throw new Error('The rounds of both must be the same ones.');
  return values.map((value, round) => value / base[round]);
}

/** The list, rotated by `by` places, so that no contestant is always first. */
export function rotated(list, by) {
  const start = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
