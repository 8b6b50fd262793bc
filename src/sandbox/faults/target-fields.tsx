import { operations } from '../state/operations.ts';

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The paths of the operations, each once. */
export function operationPaths(): readonly string[] {
  return [...new Set(operations.value?.map((operation) => operation.path))];
}

/** What happens when somebody types into a field. */
export type OnType = (event: { readonly currentTarget: { readonly value: string } }) => void;

/**
 * The fields that say which requests a fault or a stub is for.
 *
 * @param of begins their ids.
 * @param note says what is odd about the path, and is empty when nothing is.
 */
export function TargetFields(props: {
  of: string;
  method: string;
  path: string;
  placeholder: string;
  isRequired?: boolean;
  note?: string;
  onMethod: OnType;
  onPath: OnType;
}) {
  const { of, method, path, placeholder, isRequired = false, note, onMethod, onPath } = props;
  return (
    <>
      <div class="field">
        <label for={`${of}-method`}>Method</label>
        <select id={`${of}-method`} value={method} onChange={onMethod}>
          <option value="">any</option>
          {verbs.map((verb) => (
            <option key={verb}>{verb}</option>
          ))}
        </select>
      </div>
      <div class="field grow">
        <label for={`${of}-path`}>Path</label>
        <input
          id={`${of}-path`}
          type="text"
          list={`${of}-paths`}
          placeholder={placeholder}
          required={isRequired}
          spellcheck={false}
          value={path}
          aria-describedby={note === undefined ? undefined : `${of}-path-note`}
          onInput={onPath}
        />
        <datalist id={`${of}-paths`}>
          {operationPaths().map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        {note !== undefined && (
          <p id={`${of}-path-note`} class="field-note" role="status">
            {note}
          </p>
        )}
      </div>
    </>
  );
}
