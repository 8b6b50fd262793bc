import module from 'node:module';

/**
 * Keeps compiled code in Node's folder for it below the system's temporary one, from Node 22 on: the next start takes
 * about a tenth less CPU time. `NODE_DISABLE_COMPILE_CACHE=1` turns it off.
 */
const enable: unknown = Reflect.get(module, 'enableCompileCache');
if (typeof enable === 'function') Reflect.apply(enable, module, []);
