import type { Plugin } from 'esbuild';

declare const peggy: { readonly esbuildPlugin: Plugin };
export = peggy;
