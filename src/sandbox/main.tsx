import { render } from 'preact';
import { App } from './app.tsx';
import { connect } from './state/live.ts';
import { watch } from './state/watch.ts';

const root = document.getElementById('app');
if (root !== null) {
  watch();
  connect();
  render(<App />, root);
}
