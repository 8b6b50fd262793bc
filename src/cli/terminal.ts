/** The signals that end the command; shells report them as the exit code 128 plus the number. */
export const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Signal = (typeof signals)[number];

/** A stream that the command writes to. */
interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
}

/** The part of a process that the command uses. */
export interface Terminal {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly stdout: Output;
  readonly stderr: Output;
  exitCode?: number | string | null | undefined;
  on(signal: Signal, listener: () => void): unknown;
  exit(code: number): unknown;
}
