// What the package's tests ask of `node:fs`, in a page: a text that is served.

export function readFileSync(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.send();
  if (request.status !== 200) throw new Error(`${url} answered ${request.status}`);
  return request.responseText;
}
