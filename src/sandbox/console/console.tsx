import { Fragment, h } from 'preact';
import { operations } from '../state/operations.ts';
import { Method } from '../ui/badges.tsx';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { BetterCaller } from './advice.tsx';
import { base, faultIn, missingIn } from './call.ts';
import { Caller } from './caller.tsx';
import { copyTest } from './copy-test.ts';
import { ExtraFields } from './extra-fields.tsx';
import { extras } from './extras.ts';
import { Fields } from './fields.tsx';
import { FindOperation } from './operation-list.tsx';
import type { Operation } from './operations.ts';
import { Response } from './response.tsx';
import { RoleNote } from './role-note.tsx';
import { copyCurl, outcome, send } from './send.ts';
import { body, call, fillIn, operation, operationId } from './state.ts';

/** Sends requests: every operation, with its example filled in. */
export function Console() {
  const picked = operation.value;
  if (picked === undefined) {
    return <Empty icon="console" title={operations.value === undefined ? 'Loading…' : 'There is no operation.'} />;
  }
  return (
    <div class="console scroller">
      <form
        class="request"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <div class="pick">
          <label for="operation">Operation</label>
          <Pick />
          <FindOperation />
        </div>
        {[`${picked.summary}.`, ...picked.description.split('\n\n')].map((text, index) => (
          <p key={text} class="summary">
            {index === 0 ? text : <span>{withCode(text)}</span>}
          </p>
        ))}
        <Caller isOpen={picked.isOpen} />
        <Fields />
        <ExtraFields />
        {picked.body !== undefined && <Body />}
        <Preview />
        <RoleNote />
        <Actions />
      </form>
      <Response />
    </div>
  );
}

/** Shows text between backticks as code. */
function withCode(text: string) {
  const parts = text.split('`');
  return h(Fragment, null, ...parts.map((part, index) => (index % 2 === 1 ? h('code', null, part) : part)));
}

function Pick() {
  const all = operations.value ?? [];
  const tags = [...new Set(all.map(({ tag }) => tag))];
  return (
    <select
      id="operation"
      value={operationId.value}
      onChange={({ currentTarget }) => {
        operationId.value = currentTarget.value;
      }}
    >
      {tags.map((tag) => (
        <optgroup key={tag} label={tag}>
          {all
            .filter((each) => each.tag === tag)
            .map((each) => (
              <Option key={each.id} operation={each} />
            ))}
        </optgroup>
      ))}
    </select>
  );
}

function Option({ operation: { id, method, path } }: { operation: Operation }) {
  return (
    <option value={id} selected={id === operationId.value}>
      {method} {path}
    </option>
  );
}

function Body() {
  const fault = body.value.trim() === '' ? undefined : faultIn(body.value);
  return (
    <div class="body-field">
      <div class="label-line">
        <label for="body">Request body</label>
        <button type="button" class="ghost small" onClick={fillIn}>
          Example
        </button>
      </div>
      <textarea
        id="body"
        spellcheck={false}
        rows={Math.min(Math.max(body.value.split('\n').length, 4), 14)}
        value={body.value}
        aria-describedby="body-note"
        aria-invalid={fault !== undefined}
        onInput={({ currentTarget }) => {
          body.value = currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
      />
      <p id="body-note" class="field-note">
        {fault !== undefined && `Not valid JSON, but sent as it is: ${fault}`}
      </p>
    </div>
  );
}

function Preview() {
  const built = call.value;
  if (built === undefined) return null;
  return (
    <p class="preview">
      <Method name={built.method} />
      <code>
        {base}
        {built.path}
      </code>
    </p>
  );
}

function Actions() {
  const missing = call.value === undefined ? [] : missingIn(call.value);
  const isWaiting = outcome.value?.kind === 'waiting';
  return (
    <div class="actions">
      <button
        type="submit"
        class="primary"
        disabled={missing.length > 0 || isWaiting || extras.value.issue !== undefined}
      >
        <Icon name="send" /> Send
      </button>
      <BetterCaller />
      <button type="button" onClick={copyCurl}>
        <Icon name="copy" /> Copy as curl
      </button>
      <button type="button" onClick={copyTest}>
        <Icon name="copy" /> Copy as test
      </button>
      {missing.length > 0 && <span class="field-note">Fill in {missing.join(' and ')}.</span>}
    </div>
  );
}
