import { pack } from './install.ts';

export default function globalSetup(): void {
  process.env.PACKED_TARBALL = pack();
}
