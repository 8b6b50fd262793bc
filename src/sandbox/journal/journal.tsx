import { type Entry, entries } from '../state/journal.ts';
import { ActiveList } from '../ui/active-list.tsx';
import { Method, StatusCode } from '../ui/badges.tsx';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { visible } from '../words.ts';
import { matching, opened } from './filter.ts';
import { Filters } from './filters.tsx';
import { failureOf, formatDuration, formatQuery, formatTime } from './format.ts';

/** Requests as they come, the newest first. */
export function Journal() {
  return (
    <div class="column">
      <Filters />
      <List />
    </div>
  );
}

function List() {
  const found = matching.value;
  if (entries.value === undefined) return <Empty icon="journal" title="Loading…" />;
  if (entries.value.length === 0) {
    return (
      <Empty icon="journal" title="No requests yet">
        Send a request in the console, or call the emulator from your program.
      </Empty>
    );
  }
  if (found.length === 0) return <Empty icon="search" title="No request matches the filter." />;
  return (
    <ActiveList
      label="Requests, the newest first"
      role="listbox"
      count={found.length}
      rowHeight={66}
      keyOf={(index) => String(found[index]?.number ?? index)}
      isPushed
      onOpen={(index) => {
        opened.value = found[index];
      }}
    >
      {(index) => {
        const entry = found[index];
        return entry === undefined ? null : <EntryRow entry={entry} />;
      }}
    </ActiveList>
  );
}

/** A request on two lines; a third says why it failed, so that both the reason and the caller can be read. */
function EntryRow({ entry: { request } }: { entry: Entry }) {
  const { method, path, query, status, duration, user, reason, fault, trueStatus, stub, at } = request;
  // The caller is not known before the answer.
  const who = visible(user?.email ?? (duration === undefined ? '' : 'unknown caller'));
  const why = reason ?? failureOf(request);
  const target = visible(path + formatQuery(query));
  const isMarked = fault !== undefined || stub !== undefined || why !== undefined;
  return (
    <div class="entry">
      <div class="entry-line">
        <Method name={method} />
        <span class="path" title={target}>
          {visible(path)}
          <span class="query">{visible(formatQuery(query))}</span>
        </span>
        <StatusCode code={status} isOver={duration !== undefined} />
      </div>
      <div class="entry-line">
        <span class="when" title={`${at} by the emulator’s clock`}>
          {formatTime(at)}
        </span>
        <span class="detail who" title={who}>
          {who}
        </span>
        <span class="duration">{duration === undefined ? '' : formatDuration(duration)}</span>
      </div>
      {isMarked && (
        <span class="detail" title={why && visible(why)}>
          {fault !== undefined && (
            <span class="fault-mark">
              <Icon name="fault" /> fault {fault}
              {trueStatus !== undefined && ` after ${trueStatus}`}
            </span>
          )}
          {stub !== undefined && <span class="stub-mark">stub {stub}</span>}
          {why !== undefined && <span class="why">{visible(why)}</span>}
        </span>
      )}
    </div>
  );
}
