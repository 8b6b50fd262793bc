// Plain JavaScript, because curl/replay.mjs runs it in Node as it is. The types are in compare.d.ts.

/** What a printed response and an answer do not have in common, as JSON pointers into the printed one. */
export function differences(printed, answered) {
  if (Array.isArray(printed) && Array.isArray(answered)) return listDifferences(printed, answered);
  if (Array.isArray(printed) && printed.length === 1 && isObject(answered)) {
    return [{ at: '', answered: 'an object' }, ...valueDifferences('/0', printed[0], answered)];
  }
  return valueDifferences('', printed, answered);
}

/** Complaints about every difference that is not listed, and about every listed one that is not there. */
export function judge(found, contradictions) {
  const complaints = [];
  const listed = new Map();
  for (const contradiction of contradictions) {
    if (listed.has(contradiction.at)) complaints.push(`${place(contradiction.at)} is listed twice`);
    if (contradiction.because.trim() === '') complaints.push(`${place(contradiction.at)} is listed without a reason`);
    listed.set(contradiction.at, contradiction);
  }
  for (const difference of found) {
    const contradiction = listed.get(difference.at);
    listed.delete(difference.at);
    if (contradiction === undefined) {
      complaints.push(`${place(difference.at)}: ${describe(difference)}, and that is not listed`);
    } else if (!expects(contradiction, difference)) {
      complaints.push(
        `${place(difference.at)}: ${describe(difference)}, and the list expects ${wanted(contradiction)}`,
      );
    }
  }
  for (const at of listed.keys()) complaints.push(`${place(at)} is listed, and there is no such difference`);
  return complaints;
}

/** Complaints about one answer, given its printed response. An empty body is `undefined`. */
export function complaintsAbout({ status = 200, response, contradictions }, answer) {
  // With another status the body is different as well, so comparing it would not help.
  if (answer.status !== status) return [`status ${answer.status} in place of ${status}, with ${show(answer.body)}`];
  return judge(differences(response, answer.body), contradictions);
}

/** The answer must have every printed item, in the printed order; further items are one difference. */
function listDifferences(printed, answered) {
  const found = [];
  const rest = [...answered];
  let last = -1;
  printed.forEach((item, index) => {
    const position = answered.findIndex(({ id }) => id === item.id);
    if (position === -1) {
      found.push({ at: `/${index}`, printed: item });
      return;
    }
    if (position <= last) found.push({ at: `/${index}`, printed: item, answered: 'out of order' });
    last = position;
    rest.splice(rest.indexOf(answered[position]), 1);
    found.push(...valueDifferences(`/${index}`, item, answered[position]));
  });
  if (rest.length > 0) found.push({ at: '/-', answered: rest.map(({ id }) => id) });
  return found;
}

function valueDifferences(at, printed, answered) {
  if (isObject(printed) && isObject(answered)) {
    const keys = new Set([...Object.keys(printed), ...Object.keys(answered)]);
    return [...keys].flatMap((key) => valueDifferences(`${at}/${key}`, printed[key], answered[key]));
  }
  if (Array.isArray(printed) && Array.isArray(answered) && printed.length === answered.length) {
    return printed.flatMap((item, index) => valueDifferences(`${at}/${index}`, item, answered[index]));
  }
  if (same(printed, answered)) return [];
  return [
    {
      at,
      ...(printed === undefined ? {} : { printed }),
      ...(answered === undefined ? {} : { answered }),
    },
  ];
}

function expects({ answered, answeredLike }, difference) {
  if (answeredLike === undefined) return same(answered, difference.answered);
  return typeof difference.answered === 'string' && new RegExp(answeredLike).test(difference.answered);
}

/** Equal as JSON, in any order of keys. */
function same(one, other) {
  if (isObject(one) && isObject(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
    );
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  }
  return one === other;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function place(at) {
  return at === '' ? 'the body' : at;
}

function describe({ printed, answered }) {
  return `${show(printed)} is printed, ${show(answered)} is answered`;
}

function wanted({ answered, answeredLike }) {
  return answeredLike === undefined ? show(answered) : `text like ${answeredLike}`;
}

function show(value) {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
