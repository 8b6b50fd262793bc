// The hand-written notes on missed goals.

/**
 * The sections that are headed by one of the ids, without their heads.
 *
 * @param {string[]} ids of goals
 * @param {string} text of sections, each headed by `## ` and ids, separated by commas.
 */
export function sectionsFor(ids, text) {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [head = '', ...body] = section.split('\n');
      return { heads: head.split(',').map((id) => id.trim()), body: body.join('\n').trim() };
    })
    .filter(({ heads }) => heads.some((id) => ids.includes(id)))
    .map(({ body }) => body)
    .join('\n\n');
}
