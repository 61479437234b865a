// Asks FreeCC, with the key if there is one. It is kept for this tab only.

const KEY = 'freecc-key';

/** The key is missing, wrong, or not allowed to see this. */
export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export const key = () => sessionStorage.getItem(KEY) ?? '';

export function keep(secret) {
  if (secret) sessionStorage.setItem(KEY, secret);
  else sessionStorage.removeItem(KEY);
}

async function ask(path, signal) {
  const answer = await fetch(path, {headers: key() ? {'x-api-key': key()} : {}, cache: 'no-store', signal});
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  const message = said.error?.message ?? 'FreeCC answered with status ' + answer.status;
  throw answer.status === 401 || answer.status === 403 ? new Refused(message, answer.status) : new Error(message);
}

export const get = async path => (await ask(path)).json();

const pause = ms => new Promise(go => setTimeout(go, ms));

/**
 * Follows the requests until the signal ends it, and connects again when the stream breaks off. `connected` is called at each
 * new connection, before its first change. By fetch, because an EventSource cannot send a key.
 */
export async function follow({connected, changed, lost, refused, signal}) {
  for (let wait = 500; !signal.aborted; wait = Math.min(wait * 2, 10_000)) {
    try {
      const stream = (await ask('/api/events', signal)).body.pipeThrough(new TextDecoderStream());
      await connected();
      wait = 500;
      for await (const data of events(stream)) changed(JSON.parse(data));
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused) return refused(error);
    }
    lost();
    await pause(wait);
  }
}

async function* events(stream) {
  const reader = stream.getReader();
  for (let text = '', end; ;) {
    const {value, done} = await reader.read();
    if (done) return;
    text += value;
    while ((end = text.indexOf('\n\n')) >= 0) {
      const data = text.slice(0, end).split('\n').filter(line => line.startsWith('data: ')).map(line => line.slice(6)).join('\n');
      if (data) yield data;
      text = text.slice(end + 2);
    }
  }
}
