/** The longest body that is read: lists have at most 5,000 records. */
const longest = 32 * 1024 * 1024;

/** The body of an answer as text. @throws {Error} when it does not end. */
export async function readText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let [text, length] = ['', 0];
  for await (const bytes of response.body) {
    length += bytes.length;
    if (length > longest) throw new Error(`it is longer than ${longest / 1024 / 1024} MB`);
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
