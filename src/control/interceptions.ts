/** The interceptions of the platform's hosts that lead calls to an emulator. */
export class Interceptions {
  readonly #begun = new Set<readonly string[]>();
  readonly #onChange: () => void;

  /** @param onChange called when one begins or ends. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Notes the beginning of one. @returns notes its end. */
  begin(hosts: readonly string[]): () => void {
    const begun = [...hosts];
    this.#begun.add(begun);
    this.#onChange();
    return () => {
      if (this.#begun.delete(begun)) this.#onChange();
    };
  }

  /** The names and patterns of all hosts, each once. */
  hosts(): string[] {
    return [...new Set([...this.#begun].flat())];
  }
}
