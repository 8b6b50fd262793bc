import { viewOf } from '../../src/platform/view.ts';

interface Named {
  readonly id: number;
  readonly name?: string;
}

const view = () =>
  viewOf<Named, 'id' | 'name'>(
    {
      id: { type: 'number', description: 'the id', read: ({ id }) => id },
      name: { type: 'text', description: 'the name', optional: true, read: ({ name }) => name },
    },
    ['name', 'id'],
  );

describe('a record is shown with its set fields, in the order of the view', () => {
  const records: readonly Named[] = [{ id: 1, name: 'first' }, { id: 2 }];
  const texts = ['{"name":"first","id":1}', '{"id":2}'];

  test('by code that is made for the fields', () => {
    expect(records.map(view().show).map((body) => JSON.stringify(body))).toEqual(texts);
  });

  test('where Node makes no code from texts, too', () => {
    const made = jest.spyOn(globalThis, 'Function').mockImplementation(() => {
      throw new EvalError('Code generation from strings disallowed for this context');
    });
    const shown = records.map(view().show);
    expect(made).toHaveBeenCalledTimes(1);
    made.mockRestore();
    expect(shown.map((body) => JSON.stringify(body))).toEqual(texts);
  });
});
