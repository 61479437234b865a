// The page: asks for the key if there is one, then shows what the requests do.
import {$, h} from './dom.js';
import {follow, get, keep, key, Refused} from './client.js';
import * as format from './format.js';
import {Requests} from './requests.js';
import {isResting, showRoutes} from './routes.js';
import {Charts} from './charts.js';
import {inspect} from './inspector.js';

const THEMES = ['auto', 'light', 'dark'];
const SETTLING = 400, NEWS = 15_000; // milliseconds: several changes at once are shown once, and read out now and then

let known = new Map(); // id -> request, the newest first
let bodies = {request: false, response: false};
let configured = [];
let ended = []; // since they were last read out
let following = new AbortController();
const requests = new Requests(request => inspect(request, bodies));
const charts = new Charts();

function theme(name) {
  document.documentElement.dataset.theme = name;
  $('theme').textContent = 'Theme: ' + name;
  localStorage.setItem('freecc-theme', name);
  charts.repaint();
}

function connection(state, text) {
  if ($('connection').textContent === text) return;
  $('connection').dataset.state = state;
  $('connection').textContent = text;
}

function askForKey(refusal) {
  $('board').hidden = true;
  $('key').hidden = false;
  $('forget').hidden = true;
  connection('wait', 'Key needed');
  $('refusal').textContent = !key() ? '' : refusal.status === 403 ? refusal.message
    : 'That key is wrong. Look at FREECC_API_KEY where this FreeCC runs.';
  keep('');
  $('secret').value = '';
  $('secret').focus();
}

async function load() {
  const all = await get('/api/requests');
  bodies = {request: all.request_bodies, response: all.response_bodies};
  known = new Map(all.requests.map(request => [request.id, request]));
  await routes();
  $('forgets').hidden = all.ledger;
  $('key').hidden = true;
  $('board').hidden = false;
  $('forget').hidden = !key();
  connection('live', 'Live');
  show();
  await sums();
}

function changed(request) {
  const isNew = !known.has(request.id);
  known = isNew ? new Map([[request.id, request], ...known]) : known.set(request.id, request);
  if (request.state === 'done') {
    ended.push(request);
    soon(announce, 'news', NEWS);
    soon(refresh, 'sums', 1500);
  }
  soon(show, 'show', SETTLING);
}

/** A rest may end while nothing else happens. */
async function routes() {
  configured = (await get('/api/routes')).routes;
  if (configured.some(isResting)) soon(refresh, 'rests', NEWS);
}

/** What the end of a request may have changed. */
async function refresh() {
  try {
    await routes();
    soon(show, 'show', SETTLING);
    await sums();
  } catch (error) {
    troubled(error);
  }
}

function troubled(error) {
  if (error instanceof Refused) askForKey(error);
  else connection('bad', error.message);
}

/** For screen readers, which would never come to an end if each request was read out. */
function announce() {
  const failed = ended.filter(format.isError).length;
  $('news').textContent = `${format.plural(ended.length, 'request')} ended, ${failed || 'none'} failed`;
  ended = [];
}

const timers = new Map();

function soon(work, name, ms) {
  if (timers.has(name)) return;
  timers.set(name, setTimeout(() => {
    timers.delete(name);
    work();
  }, ms));
}

function show() {
  const all = [...known.values()];
  requests.show(all, $('show').value, $('filter').value.trim().toLowerCase());
  $('empty').hidden = all.length > 0;
  const token = key() ? '<your FREECC_API_KEY>' : 'freecc';
  $('how').textContent = `export ANTHROPIC_BASE_URL=${location.origin}\nexport ANTHROPIC_AUTH_TOKEN=${token}\nclaude`;
  showRoutes(configured, all);
  showErrors(all.filter(format.isError).slice(0, 5));
}

function showErrors(failed) {
  $('problems').hidden = failed.length === 0;
  $('errors').replaceChildren(...failed.map(request => h('li', {class: 'card'},
    h('p', {class: 'cause'}, h('span', {class: 'badge', 'data-state': 'bad'}, `${request.status} ${request.error ?? ''}`),
      h('span', {class: 'muted route'}, `${format.time(request.time)} · `, h('bdi', {}, request.route ?? request.asked)),
      h('button', {class: 'link', type: 'button', 'aria-label': `Details of the error at ${format.time(request.time)}`,
        onclick: () => inspect(request, bodies)}, 'Details')),
    h('p', {class: 'words'}, h('bdi', {}, format.message(request) ?? 'The provider gave no reason.')),
    request.next_step ? h('p', {}, h('strong', {}, 'Next: '), request.next_step) : null)));
}

function tile(name, value, more) {
  return h('div', {class: 'card'}, h('dt', {}, name), h('dd', {}, value, more ? h('small', {}, more) : null));
}

async function sums() {
  try {
    const since = $('period').value;
    const {total} = await get(`/api/usage?by=model&since=${since}`);
    const input = total.input + total.cache_read + total.cache_write;
    $('tiles').replaceChildren(
      tile('Requests', format.number(total.requests), total.errors ? `${format.number(total.errors)} failed` : 'none failed'),
      tile('Tokens in', format.compact(input), `${format.compact(total.input)} uncached`),
      tile('Tokens out', format.compact(total.output),
        total.reasoning ? `${format.compact(total.reasoning)} of them reasoning` : 'by the models'),
      tile('Cost', format.cost(total.cost_usd), total.unpriced ? `${total.unpriced} without a price`
        : total.searches ? `without ${format.plural(total.searches, 'search', 'searches')}` : 'at list prices'),
      tile('From cache', format.percent(input ? total.cache_hit_ratio : null), 'of the input tokens'),
      tile('First token', format.duration(total.first_token_ms.p50),
        total.first_token_ms.p95 === null ? 'median' : `median · p95 ${format.duration(total.first_token_ms.p95)}`));
    await charts.show($('by').value, since);
  } catch (error) {
    troubled(error);
  }
}

function start() {
  following.abort();
  following = new AbortController();
  follow({
    connected: load, changed, refused: askForKey, signal: following.signal,
    lost: () => connection('bad', 'Disconnected, trying again'),
  });
}

$('key').addEventListener('submit', event => {
  event.preventDefault();
  keep($('secret').value.trim());
  start();
});
$('forget').addEventListener('click', () => {
  keep('');
  location.reload();
});
$('theme').addEventListener('click', () => theme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]));
for (const id of ['show', 'filter']) $(id).addEventListener('input', show);
for (const id of ['period', 'by']) $(id).addEventListener('change', sums);
charts.whenSeen($('charts'));
theme(THEMES.includes(localStorage.getItem('freecc-theme')) ? localStorage.getItem('freecc-theme') : 'auto');
start();
