import fc from 'fast-check';

/**
 * Any character of Unicode. It is what fast-check calls `binary`, which takes a second to build in every file
 * that uses it.
 */
export const anyCharacter = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));
