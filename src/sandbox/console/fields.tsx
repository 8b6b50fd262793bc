import type { Parameter } from './operations.ts';
import { operation, setValue, values } from './state.ts';

/** The fields for the operation's parameters: those of the path are visible, the others folded. */
export function Fields() {
  const all = operation.value?.parameters ?? [];
  const paths = all.filter((parameter) => parameter.in === 'path');
  const others = all.filter((parameter) => parameter.in !== 'path');
  const given = others.filter((parameter) => (values.value[`${parameter.in} ${parameter.name}`] ?? '') !== '').length;
  return (
    <>
      {paths.length > 0 && (
        <div class="parameters">
          {paths.map((parameter) => (
            <Field key={parameter.name} parameter={parameter} />
          ))}
        </div>
      )}
      {others.length > 0 && (
        <details class="more">
          <summary>
            {titleOf(others)}
            {given > 0 && <span class="count">{given}</span>}
          </summary>
          <div class="parameters">
            {others.map((parameter) => (
              <Field key={parameter.name} parameter={parameter} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function titleOf(parameters: readonly Parameter[]): string {
  const has = (place: Parameter['in']) => parameters.some((parameter) => parameter.in === place);
  if (!has('query')) return 'Headers';
  return has('header') ? 'Query parameters and headers' : 'Query parameters';
}

function Field({ parameter }: { parameter: Parameter }) {
  const { name, in: place, isFlag, hint, description } = parameter;
  const id = `field-${place}-${name}`;
  const value = values.value[`${place} ${name}`] ?? '';
  const common = { id, value, title: description };
  return (
    <div class={`field ${name === 'where' ? 'full' : ''}`}>
      <label for={id}>{name}</label>
      {isFlag ? (
        <select {...common} onChange={({ currentTarget }) => setValue(parameter, currentTarget.value)}>
          <option value="">not given</option>
          <option value="true">true</option>
          <option value="false">false</option>
        </select>
      ) : (
        <input
          {...common}
          type="text"
          placeholder={hint}
          spellcheck={false}
          autocomplete="off"
          onInput={({ currentTarget }) => setValue(parameter, currentTarget.value)}
        />
      )}
    </div>
  );
}
