import { render } from 'preact';
import { App } from './app.tsx';
import { keepAddress } from './state/address.ts';
import { connect } from './state/live.ts';
import { watch } from './state/watch.ts';

const root = document.getElementById('app');
if (root !== null) {
  keepAddress();
  watch();
  connect();
  render(<App />, root);
}
