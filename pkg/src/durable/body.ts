/** The text of a request's body, read no further than the limit; `undefined`: there is more. */
export async function bodyText(request: Request, mostBytes: number): Promise<string | undefined> {
  // What the header says is believed only where it says that it is too much.
  if (Number(request.headers.get("content-length")) > mostBytes) return undefined;
  if (request.body === null) return "";
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > mostBytes) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
