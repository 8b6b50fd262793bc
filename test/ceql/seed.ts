import fc from 'fast-check';

/** The same runs every time, or other ones with FC_SEED=<number> in the environment. */
export function seedFastCheck(): void {
  fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20170115) });
}
