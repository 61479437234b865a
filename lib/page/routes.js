// The configured routes with their health, as the latest requests show it.
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
  const first = recent.map(request => request.first_token_ms).filter(ms => ms !== null).sort((one, other) => one - other);
  const facts = [
    route.context ? format.compact(route.context) + ' context' : null,
    route.price ? `$${route.price.input} in, $${route.price.output} out per million` : route.context ? 'price unknown' : null,
    first.length ? `first token ${format.duration(first[Math.floor((first.length - 1) / 2)])}` : null];
  return h('li', {class: 'card'},
    h('p', {class: 'cause'}, h('span', {class: 'badge', 'data-state': kind}, word), h('strong', {class: 'route'}, route.name)),
    route.settings.length ? h('p', {class: 'muted small'}, route.settings.join(', ')) : null,
    h('p', {class: 'small'}, route.problem ?? facts.filter(Boolean).join(' · ')),
    marks(recent));
}

function health(route, recent) {
  if (route.problem) return ['bad', 'not usable'];
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
  return h('p', {class: 'marks', role: 'img', 'aria-label': `${recent.length} recent requests, ${failed} failed`},
    recent.toReversed().map(request => h('i', {'data-state': format.state(request)[0]})));
}
