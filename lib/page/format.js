// Numbers as people read them.

const NONE = '–';
const plain = new Intl.NumberFormat('en-US');
const brief = new Intl.NumberFormat('en-US', {notation: 'compact', maximumFractionDigits: 1});
const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});

export const number = value => value === null || value === undefined ? NONE : plain.format(value);

export const compact = value => value === null || value === undefined ? NONE : brief.format(value).replace('K', 'k');

/** In dollars; a cost that is not known is not zero. */
export function cost(dollars) {
  if (dollars === null || dollars === undefined) return NONE;
  if (dollars === 0) return '$0';
  if (dollars < 0.0001) return '<$0.0001';
  return '$' + dollars.toFixed(dollars < 1 ? 4 : 2);
}

export function duration(ms) {
  if (ms === null || ms === undefined) return NONE;
  if (ms < 1000) return ms + ' ms';
  if (ms < 60_000) return (ms / 1000).toFixed(1) + ' s';
  return Math.floor(ms / 60_000) + ' min ' + Math.round(ms % 60_000 / 1000) + ' s';
}

export const percent = ratio => ratio === null || ratio === undefined ? NONE : Math.round(ratio * 100) + ' %';

export const time = iso => clock.format(new Date(iso));

export const prompt = request => request.input + request.cache_read + request.cache_write;

/** The part of the prompt that came from the cache, or null without a prompt. */
export const hitRatio = request => prompt(request) > 0 ? request.cache_read / prompt(request) : null;

export const isError = request => request.status >= 400 && request.error !== 'client_gone';

/** How a request is going, in a word: its class and its text. */
export function state(request) {
  if (request.state !== 'done') return [request.state === 'waiting' ? 'wait' : 'live', request.state];
  if (request.error === 'client_gone') return ['gone', 'cancelled'];
  return isError(request) ? ['bad', String(request.status)] : ['ok', 'done'];
}

export const session = id => id ? id.slice(0, 8) : NONE;
