// Numbers as people read them.

const NONE = '–';
const plain = new Intl.NumberFormat('en-US');
const brief = new Intl.NumberFormat('en-US', {notation: 'compact', maximumSignificantDigits: 3});
const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const isMissing = value => value === null || value === undefined;

export const number = value => isMissing(value) ? NONE : plain.format(value);

/** `950`, `12.3k`, `131k`, `1.05M`. */
export const compact = value => isMissing(value) ? NONE : brief.format(value).replace('K', 'k');

/** A context window as the terminal writes it: `66k`, `131k`, `1M`. */
export const window = tokens => tokens < 999_500 ? Math.round(tokens / 1e3) + 'k' : (tokens / 1e6).toFixed(1).replace('.0', '') + 'M';

export const plural = (count, one, many = one + 's') => `${number(count)} ${count === 1 ? one : many}`;

/** In dollars; a cost that is not known is not zero. */
export function cost(dollars) {
  if (isMissing(dollars)) return NONE;
  if (dollars === 0) return '$0';
  if (dollars < 0.0001) return '<$0.0001';
  return '$' + dollars.toFixed(dollars < 0.1 ? 4 : 2);
}

/** A price per million tokens: to the cent, or finer where that says more. */
export const price = dollars => '$' + dollars.toFixed(3).replace(/0$/, '');

export function duration(ms) {
  if (isMissing(ms)) return NONE;
  if (ms < 1000) return ms + ' ms';
  if (ms < 60_000) return (ms / 1000).toFixed(1) + ' s';
  return Math.floor(ms / 60_000) + ' min ' + Math.floor(ms % 60_000 / 1000) + ' s';
}

export const percent = ratio => isMissing(ratio) ? NONE : Math.round(ratio * 100) + '%';

export const time = iso => clock.format(new Date(iso));

export const prompt = request => request.input + request.cache_read + request.cache_write;

/** The part of the prompt that came from the cache, or null without a prompt. */
export const hitRatio = request => prompt(request) > 0 ? request.cache_read / prompt(request) : null;

export const isError = request => request.status >= 400 && request.error !== 'client_gone';

/** The error's words, without the route that is said beside them. */
export function message(request) {
  const start = request.route + ': ';
  return request.message?.startsWith(start) ? request.message.slice(start.length) : request.message;
}

/** How a request is going, in a word: its class and its text. */
export function state(request) {
  if (request.state !== 'done') return [request.state === 'waiting' ? 'wait' : 'live', request.state];
  if (request.error === 'client_gone') return ['gone', 'cancelled'];
  return isError(request) ? ['bad', String(request.status)] : ['ok', 'done'];
}

/**
 * Its figures by name; the cost is that of the tokens. Until the provider has said what it counted, the input is an estimate and the
 * rest is not known.
 */
export function figures(request) {
  const isDone = request.state === 'done', used = value => isDone ? value : '…';
  const isUsed = prompt(request) + request.output > 0;
  return {
    'First token': request.first_token_ms === null && !isDone ? '…' : duration(request.first_token_ms),
    'Total': used(duration(request.ms)),
    'In': isDone ? isUsed ? compact(prompt(request)) : NONE : '~' + compact(prompt(request)),
    'Out': used(isUsed ? compact(request.output) : NONE),
    'Cached': used(percent(hitRatio(request))),
    'Cost': used(isUsed ? cost(request.cost_usd) : NONE),
    ...request.searches ? {'Searches': number(request.searches)} : {},
    'Attempts': request.attempts + (request.retries.length ? ` (${request.retries.join(', ')})` : ''),
  };
}

export const session = id => id ? id.slice(0, 8) : NONE;
