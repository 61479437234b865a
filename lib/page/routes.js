// The configured routes with their health, as the latest requests show it, and with what rests.
import {$, h} from './dom.js';
import * as format from './format.js';

const RECENT = 20; // requests that say how a route is

export function showRoutes(configured, requests) {
  const routes = new Map();
  for (const row of configured) {
    const name = row.route ?? row.setting;
    const one = routes.get(name) ?? {name, settings: [], ...row};
    one.settings.push(row.setting);
    routes.set(name, one);
  }
  for (const {route} of requests) if (route && !routes.has(route)) routes.set(route, {name: route, settings: []});
  const cards = [...routes.values()].map(route => card(route, requests.filter(request => request.route === route.name).slice(0, RECENT)));
  $('routes').replaceChildren(...cards);
}

function card(route, recent) {
  const [kind, word] = health(route, recent);
  return h('li', {class: 'card'},
    h('p', {class: 'cause'}, h('strong', {class: 'route'}, h('bdi', {}, route.name)),
      h('span', {class: 'badge', 'data-state': kind}, word)),
    h('p', {class: 'muted small'}, route.settings.join(', ') || 'asked for by its name'),
    route.problem ? h('p', {class: 'small bad words'}, route.problem) : null,
    facts(route, recent), chain(route), resting(route), marks(recent));
}

const rest = one => `rests until ${format.time(one.rests_until)}`;

/** Whether a route, a fallback or a key of theirs rests. */
export const isResting = ({rests_until: until, keys = [], fallbacks = []}) => Boolean(until) || [...keys, ...fallbacks].some(isResting);

/** Who is asked in its place. */
function chain({fallbacks = []}) {
  if (!fallbacks.length) return null;
  const names = fallbacks.flatMap((one, at) => [at ? ', then ' : '', h('bdi', {}, one.route), one.rests_until ? ` (${rest(one)})` : '']);
  return h('p', {class: 'small words'}, 'If it fails: ', names);
}

/** The keys that rest, of the route and of its fallbacks. One may rest for several models. */
function resting({keys = [], fallbacks = []}) {
  const all = [...keys, ...fallbacks.flatMap(other => other.keys)].filter(one => one.rests_until);
  const lines = new Set(all.map(one => `${one.name} ${rest(one)}, for ${one.rests_for ?? 'every model'}`));
  return [...lines].map(line => h('p', {class: 'small words'}, line));
}

function facts(route, recent) {
  const first = recent.map(request => request.first_token_ms).filter(ms => ms !== null).sort((one, other) => one - other);
  const rows = [
    route.context ? ['Window', format.window(route.context)] : null,
    route.context ? ['Price', price(route.price)] : null,
    route.keys?.length ? ['Keys', format.number(route.keys.length)] : null,
    first.length ? ['First token', format.duration(first[Math.floor((first.length - 1) / 2)])] : null].filter(Boolean);
  return rows.length ? h('dl', {class: 'facts'}, rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))) : null;
}

/** For a million tokens of input and of output. */
function price(of) {
  if (!of) return 'unknown';
  if (of.input === 0 && of.output === 0) return 'free';
  return `${format.price(of.input)} in, ${format.price(of.output)} out`;
}

function health(route, recent) {
  if (route.problem) return ['bad', route.context ? 'wrong setting' : 'not usable'];
  if (route.rests_until) return ['wait', rest(route)];
  const ended = recent.filter(request => request.state === 'done' && request.error !== 'client_gone');
  if (!ended.length) return recent.length ? ['live', 'in use'] : ['gone', 'not used yet'];
  const failed = ended.filter(format.isError).length;
  if (format.isError(ended[0])) return ['bad', failed === ended.length ? 'failing' : 'last one failed'];
  return failed ? ['wait', `${failed} of ${ended.length} failed`] : ['ok', 'healthy'];
}

/** One small bar for each of the latest requests, the newest on the right. */
function marks(recent) {
  if (!recent.length) return null;
  const failed = recent.filter(format.isError).length;
  return h('p', {class: 'marks', role: 'img', 'aria-label': `${format.plural(recent.length, 'recent request')}, ${failed} failed`},
    recent.toReversed().map(request => h('i', {'data-state': format.state(request)[0]})));
}
