import { complaintsAbout, differences, judge } from './compare.js';

describe('what differs between a printed response and an answer', () => {
  it.each([
    ['equal values', { a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 }, []],
    ['an empty answer that is printed empty', undefined, undefined, []],
    ['a value', { a: 1 }, { a: '1' }, [{ at: '/a', printed: 1, answered: '1' }]],
    ['a value within', { a: { b: [1] } }, { a: { b: [2] } }, [{ at: '/a/b/0', printed: 1, answered: 2 }]],
    ['a key that is not answered', { a: 1 }, {}, [{ at: '/a', printed: 1 }]],
    ['a key that is not printed', {}, { a: null }, [{ at: '/a', answered: null }]],
    ['the length of a list inside', { a: [] }, { a: [1] }, [{ at: '/a', printed: [], answered: [1] }]],
    ['a printed body that is not answered', { a: 1 }, undefined, [{ at: '', printed: { a: 1 } }]],
    ['an answered body that is not printed', undefined, {}, [{ at: '', answered: {} }]],
    ['an object in place of a list of one', [{ a: 1 }], { a: 1 }, [{ at: '', answered: 'an object' }]],
    ['further items', [{ id: 2 }], [{ id: 1 }, { id: 2 }, { id: 3 }], [{ at: '/-', answered: [1, 3] }]],
    ['an item that is not answered', [{ id: 1 }, { id: 2 }], [{ id: 1 }], [{ at: '/1', printed: { id: 2 } }]],
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

describe('whether the differences are the listed ones', () => {
  const because = 'a reason';

  it.each([
    ['the answered value', { at: '/a', answered: { b: [2] }, because }],
    ['a pattern for it', { at: '/c', answeredLike: '^x+$', because }],
    ['no answered value for one that is left out', { at: '/d', because }],
  ])('a difference is listed with %s', (_, contradiction) => {
    const found = [
      { at: '/a', printed: 1, answered: { b: [2] } },
      { at: '/c', printed: 'y', answered: 'xx' },
      { at: '/d', printed: 1 },
    ];
    const one = found.filter(({ at }) => at === contradiction.at);
    expect(judge(one, [contradiction])).toEqual([]);
  });

  it.each([
    ['is not listed', [{ at: '/a', printed: 1, answered: 2 }], []],
    ['is listed and not there', [], [{ at: '/a', answered: 2, because }]],
    ['is another than the listed one', [{ at: '/a', printed: 1, answered: 3 }], [{ at: '/a', answered: 2, because }]],
    ['was listed as left out', [{ at: '/a', printed: 1, answered: 3 }], [{ at: '/a', because }]],
    ['is not of the pattern', [{ at: '/a', printed: 'x', answered: 'y' }], [{ at: '/a', answeredLike: '^z', because }]],
    ['is no text of the pattern', [{ at: '/a', printed: 'x' }], [{ at: '/a', answeredLike: '', because }]],
    ['has no reason', [{ at: '/a', printed: 1, answered: 2 }], [{ at: '/a', answered: 2, because: ' ' }]],
    [
      'is listed twice',
      [{ at: '/a', printed: 1, answered: 2 }],
      [
        { at: '/a', answered: 2, because },
        { at: '/a', answered: 2, because },
      ],
    ],
  ])('it is a complaint when a difference %s', (_, found, contradictions) => {
    expect(judge(found, contradictions)).toHaveLength(1);
  });

  it('a status that is not the printed one is a complaint, whatever the body', () => {
    const printed = { response: { a: 1 }, contradictions: [] };
    expect(complaintsAbout(printed, { status: 200, body: { a: 1 } })).toEqual([]);
    expect(complaintsAbout(printed, { status: 201, body: { a: 1 } })).toEqual([
      'status 201 in place of 200, with {"a":1}',
    ]);
    expect(complaintsAbout({ ...printed, status: 201 }, { status: 201, body: { a: 1 } })).toEqual([]);
  });
});
