import { operations } from '../../src/platform/operations.ts';
import { parameterNames } from '../../src/platform/path-parameters.ts';
import { type OpenApi, readOperations } from '../../src/sandbox/console/operations.ts';
import { readDocument } from './enforce/folder.ts';

/** Once the page's console listed `PATCH /accounts/{id}/users/{emailOrId}`, where the documents print `{userId}`. */
test('the console shows every path with its parameters as the documents print it', () => {
  const document: unknown = readDocument();
  const shown = readOperations(document as OpenApi).map(({ id, method, path, parameters }) => ({
    ...{ id, method, path },
    names: parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
  }));
  const expected = operations.map(({ operationId: id, method, path }) => ({
    ...{ id, method, path },
    names: parameterNames(path),
  }));
  expect(shown).toHaveLength(expected.length);
  expect(shown).toEqual(expect.arrayContaining(expected));
});
