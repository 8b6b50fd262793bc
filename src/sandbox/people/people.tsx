import { SearchBox, SearchResults, where } from './search.tsx';
import { Tree } from './tree.tsx';

/** Who and what there is: the tree, or what a search finds. */
export function People() {
  return (
    <div class="column">
      <SearchBox />
      {where.value === '' ? <Tree /> : <SearchResults />}
    </div>
  );
}
