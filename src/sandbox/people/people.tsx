import { SearchBox, SearchResults, where } from './search.tsx';
import { Tree } from './tree.tsx';

/** The panel of organizations, accounts and users: the tree, or the results of a search. */
export function People() {
  return (
    <div class="column">
      <SearchBox />
      {where.value === '' ? <Tree /> : <SearchResults />}
    </div>
  );
}
