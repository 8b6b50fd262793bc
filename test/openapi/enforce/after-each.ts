declare global {
  /** The answers that are not as documented; see environment.ts. */
  var takeContractComplaints: () => string[];
}

/** Fails the test during which an answer went out that is not as documented. */
function requireContract(): void {
  const complaints = new Set(globalThis.takeContractComplaints());
  if (complaints.size === 0) return;
  throw new Error(
    `An answer is not what the OpenAPI document says (src/openapi):\n  ${[...complaints].join('\n  ')}\n` +
      "Mend the answer, or the document: an operation's columns `answer` and `errors`, and src/openapi/error-statuses.ts.",
  );
}

afterEach(requireContract);
// Answers to requests from hooks.
afterAll(requireContract);

export {};
