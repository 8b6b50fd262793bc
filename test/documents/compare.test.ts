import { complaintsAbout, differences, judge } from './compare.js';

describe('the differences between a printed response and an answer', () => {
  it.each([
    ['equal values', { a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 }, []],
    ['an empty answer, printed empty', undefined, undefined, []],
    ['a value', { a: 1 }, { a: '1' }, [{ at: '/a', printed: 1, answered: '1' }]],
    ['a nested value', { a: { b: [1] } }, { a: { b: [2] } }, [{ at: '/a/b/0', printed: 1, answered: 2 }]],
    ['a key that the answer does not have', { a: 1 }, {}, [{ at: '/a', printed: 1 }]],
    ['a key that the document does not print', {}, { a: null }, [{ at: '/a', answered: null }]],
    ['the length of a nested list', { a: [] }, { a: [1] }, [{ at: '/a', printed: [], answered: [1] }]],
    ['a printed body without an answered one', { a: 1 }, undefined, [{ at: '', printed: { a: 1 } }]],
    ['an answered body without a printed one', undefined, {}, [{ at: '', answered: {} }]],
    ['an object in place of a list with one object', [{ a: 1 }], { a: 1 }, [{ at: '', answered: 'an object' }]],
    ['further items', [{ id: 2 }], [{ id: 1 }, { id: 2 }, { id: 3 }], [{ at: '/-', answered: [1, 3] }]],
    ['an item that the answer does not have', [{ id: 1 }, { id: 2 }], [{ id: 1 }], [{ at: '/1', printed: { id: 2 } }]],
    [
      'the order of the items',
      [{ id: 1 }, { id: 2 }],
      [{ id: 2 }, { id: 1 }],
      [{ at: '/1', printed: { id: 2 }, answered: 'out of order' }],
    ],
    ['an item', [{ id: 1, a: 1 }], [{ id: 1, a: 2 }], [{ at: '/0/a', printed: 1, answered: 2 }]],
  ])('%s', (_, printed, answered, expected) => {
    expect(differences(printed, answered)).toEqual(expected);
  });
});

describe('the listed differences', () => {
  const because = 'a reason';

  it.each([
    ['the answered value', { at: '/a', answered: { b: [2] }, because }],
    ['a pattern for the answered value', { at: '/c', answeredLike: '^x+$', because }],
    ['no answered value for a value that is left out', { at: '/d', because }],
  ])('can have %s', (_, contradiction) => {
    const found = [
      { at: '/a', printed: 1, answered: { b: [2] } },
      { at: '/c', printed: 'y', answered: 'xx' },
      { at: '/d', printed: 1 },
    ];
    const one = found.filter(({ at }) => at === contradiction.at);
    expect(judge(one, [contradiction])).toEqual([]);
  });

  it.each([
    ['that is not listed', [{ at: '/a', printed: 1, answered: 2 }], []],
    ['that is listed and does not occur', [], [{ at: '/a', answered: 2, because }]],
    ['with another value than listed', [{ at: '/a', printed: 1, answered: 3 }], [{ at: '/a', answered: 2, because }]],
    ['that is listed as left out', [{ at: '/a', printed: 1, answered: 3 }], [{ at: '/a', because }]],
    [
      'that does not match the pattern',
      [{ at: '/a', printed: 'x', answered: 'y' }],
      [{ at: '/a', answeredLike: '^z', because }],
    ],
    ['that is not a string for the pattern', [{ at: '/a', printed: 'x' }], [{ at: '/a', answeredLike: '', because }]],
    ['without a reason', [{ at: '/a', printed: 1, answered: 2 }], [{ at: '/a', answered: 2, because: ' ' }]],
    [
      'that is listed twice',
      [{ at: '/a', printed: 1, answered: 2 }],
      [
        { at: '/a', answered: 2, because },
        { at: '/a', answered: 2, because },
      ],
    ],
  ])('fail for a difference %s', (_, found, contradictions) => {
    expect(judge(found, contradictions)).toHaveLength(1);
  });

  it('fail for another status than printed, whatever the body', () => {
    const printed = { response: { a: 1 }, contradictions: [] };
    expect(complaintsAbout(printed, { status: 200, body: { a: 1 } })).toEqual([]);
    expect(complaintsAbout(printed, { status: 201, body: { a: 1 } })).toEqual([
      'status 201 in place of 200, with {"a":1}',
    ]);
    expect(complaintsAbout({ ...printed, status: 201 }, { status: 201, body: { a: 1 } })).toEqual([]);
  });
});
