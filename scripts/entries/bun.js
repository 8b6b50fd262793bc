import { expect } from 'bun:test';
import { matchers } from './testing.js';

expect.extend(matchers);
