import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { packedTarball } from './install.ts';

export default function globalTeardown(): void {
  rmSync(dirname(packedTarball()), { recursive: true });
}
