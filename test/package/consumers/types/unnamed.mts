import { createEmulator } from 'cloud-elements-emulator';
import { interceptPlatform } from 'cloud-elements-emulator/intercept';
import { useEmulator } from 'cloud-elements-emulator/testing';

// @ts-expect-error the app is no number; a type that is not found would be any, and fit
export const app: number = createEmulator().app;
// @ts-expect-error
export const inTests: number = useEmulator().app;
export const restore: () => void = interceptPlatform(createEmulator());
