// Charts of the ledger's sums, by Chart.js, which is fetched when the charts come into view.
import {$, h} from './dom.js';
import {get} from './client.js';
import * as format from './format.js';

const MOST = 12, LONGEST = 30; // groups that are not times; characters of a label
const HOUR = 3_600_000, MOST_TIMES = 1_000;
const seconds = ms => ms === null ? null : ms / 1000;
const rounded = value => String(Number(value.toPrecision(2)));
/** Each chart: its series, how its values and the marks of its axis are written, and what it says while there is nothing to draw. */
const CHARTS = {
  tokens: {series: [['uncached input', 'chart-1', group => group.input], ['read from cache', 'chart-2', group => group.cache_read],
    ['written to cache', 'chart-3', group => group.cache_write], ['output', 'chart-4', group => group.output]],
    write: format.compact, empty: 'The tokens of each request will appear here.'},
  cost: {series: [['cost', 'chart-1', group => group.cost_usd]],
    write: format.cost, mark: value => '$' + (value < 0.1 ? rounded(value) : value.toFixed(2)),
    empty: 'What requests cost will appear here, if the prices of their models are known.'},
  cache: {series: [['read from cache', 'chart-2', group => format.prompt(group) ? 100 * group.cache_hit_ratio : null]],
    write: value => Math.round(value) + '%',
    empty: 'How much of the input came from the provider’s prompt cache will appear here.'},
  latency: {series: [['median', 'chart-1', group => seconds(group.first_token_ms.p50)],
    ['95th percentile', 'chart-3', group => seconds(group.first_token_ms.p95)]],
    write: value => rounded(value) + ' s', empty: 'How long streams took to begin will appear here.'},
};

/** What a colour of the style sheet is in the theme of now. */
function colour(name) {
  const probe = h('i', {class: name, hidden: true});
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

const NOTHING = {requests: 0, input: 0, cache_read: 0, cache_write: 0, output: 0, cost_usd: null, first_token_ms: {p50: null, p95: null}};

/** Hours and days without a request have a place on the axis, too. */
function withGaps(groups, by) {
  const step = by === 'hour' ? HOUR : 24 * HOUR, byKey = new Map(groups.map(group => [group.key, group]));
  const at = key => Date.parse(key.length > 10 ? key.replace(' ', 'T') + 'Z' : key);   // the server's own time; as UTC it has no gaps
  if (groups.length < 2 || (at(groups.at(-1).key) - at(groups[0].key)) / step > MOST_TIMES) return groups;
  const all = [];
  for (let time = at(groups[0].key); time <= at(groups.at(-1).key); time += step) {
    const key = new Date(time).toISOString().slice(0, by === 'hour' ? 16 : 10).replace('T', ' ');
    all.push(byKey.get(key) ?? {...NOTHING, key});
  }
  return all;
}

export class Charts {
  #isSeen = false;
  #shown = new Map();
  #usage = null;
  #by = '';

  whenSeen(section) {
    new IntersectionObserver((entries, observer) => {
      if (!entries.some(entry => entry.isIntersecting)) return;
      observer.disconnect();
      this.#isSeen = true;
      this.#draw();
    }, {rootMargin: '200px'}).observe(section);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.repaint());
  }

  async show(by, since) {
    this.#usage = await get(`/api/usage?by=${by}&since=${since}`);
    this.#by = by;
    this.#table();
    await this.#draw();
  }

  repaint() {
    for (const chart of this.#shown.values()) chart.destroy();
    this.#shown.clear();
    this.#draw();
  }

  #isTime() { return this.#by === 'hour' || this.#by === 'day'; }

  #groups() { return this.#isTime() ? withGaps(this.#usage.groups, this.#by) : this.#usage.groups.slice(0, MOST); }

  async #draw() {
    if (!this.#isSeen || !this.#usage) return;
    if (!globalThis.Chart && this.#usage.groups.length) await import('/page/chart.js');
    for (const name of Object.keys(CHARTS)) this.#chart(name);
  }

  /** As much of a name as leaves most of the width to the bars. */
  #label(key, width) {
    if (this.#by === 'session') return format.session(key);
    if (this.#by === 'hour') return key.slice(5);
    const most = Math.min(LONGEST, Math.floor(width / 20));
    return key.length > most ? key.slice(0, most / 2 - 1) + '…' + key.slice(-most / 2) : key;
  }

  #chart(name) {
    const {series, write, empty} = CHARTS[name];
    const groups = this.#groups(), canvas = $('c-' + name), figure = canvas.closest('figure');
    this.#shown.get(name)?.destroy();
    this.#shown.delete(name);
    const isNothing = value => value === null || name === 'tokens' && value === 0;
    const isEmpty = groups.every(group => series.every(([, , value]) => isNothing(value(group))));
    canvas.hidden = isEmpty;
    figure.querySelector('.empty-chart').textContent = isEmpty ? empty : '';
    if (isEmpty) return;
    const told = groups.filter(group => group.requests > 0).slice(0, 5);
    const written = value => value === null ? 'unknown' : write(value);
    const words = group => series.map(([label, , value]) => `${label} ${written(value(group))}`).join(', ');
    canvas.setAttribute('aria-label', `${figure.querySelector('figcaption').textContent} by ${this.#by}: `
      + told.map(group => `${group.key} ${words(group)}`).join('; '));
    this.#shown.set(name, new globalThis.Chart(canvas, this.#plan(name, groups, canvas.parentElement.clientWidth)));
  }

  #plan(name, groups, width) {
    const {series, write, mark = write} = CHARTS[name];
    const [ink, line] = [colour('muted'), colour('rule')];
    const isStacked = name === 'tokens';
    const across = this.#isTime() ? 'x' : 'y', along = this.#isTime() ? 'y' : 'x';
    const datasets = series.map(([label, shade, value]) => ({label, data: groups.map(value), backgroundColor: colour(shade),
      borderRadius: isStacked ? 0 : 3, maxBarThickness: 22, stack: isStacked ? 'all' : undefined}))
      .filter(one => series.length === 1 || one.data.some(value => value));
    const font = {family: getComputedStyle(document.body).fontFamily, size: 12};
    const ticks = {color: ink, font};
    return {
      type: 'bar', data: {labels: groups.map(group => this.#label(group.key, width)), datasets},
      options: {
        indexAxis: across, maintainAspectRatio: false, animation: false, events: ['mousemove', 'mouseout', 'click', 'touchstart'],
        scales: {
          [across]: {stacked: isStacked, grid: {display: false}, border: {color: line},
            ticks: {...ticks, maxRotation: 0, autoSkipPadding: 12}},
          [along]: {stacked: isStacked, beginAtZero: true, max: name === 'cache' ? 100 : undefined,
            grid: {color: line}, border: {display: false},
            ticks: {...ticks, maxTicksLimit: width < 400 ? 4 : 5, maxRotation: 0, callback: mark}},
        },
        plugins: {
          legend: {display: datasets.length > 1, position: 'bottom', labels: {color: ink, boxWidth: 10, boxHeight: 10, font}},
          tooltip: {bodyFont: font, titleFont: {...font, weight: 600}, callbacks: {
            title: items => groups[items[0].dataIndex].key, label: item => `${item.dataset.label}: ${write(item.raw)}`}},
        },
      },
    };
  }

  #table() {
    const columns = [['Requests', group => format.number(group.requests)], ['Failed', group => format.number(group.errors)],
      ['Uncached', group => format.number(group.input)], ['Cache read', group => format.number(group.cache_read)],
      ['Cache written', group => format.number(group.cache_write)], ['Output', group => format.number(group.output)],
      ['Cost', group => format.cost(group.cost_usd)], ['Cached', group => format.percent(group.cache_hit_ratio)],
      ['First token', group => format.duration(group.first_token_ms.p50)], ['Whole reply', group => format.duration(group.ms.p50)]];
    const head = h('tr', {}, h('th', {scope: 'col'}, this.#by), columns.map(([name]) => h('th', {scope: 'col', class: 'number'}, name)));
    const rows = this.#usage.groups.map(group => h('tr', {}, h('th', {scope: 'row', class: 'route'}, h('bdi', {}, group.key)),
      columns.map(([, value]) => h('td', {class: 'number'}, value(group)))));
    $('figures').replaceChildren(h('table', {}, h('caption', {class: 'hidden'}, `Usage by ${this.#by}`),
      h('thead', {}, head), h('tbody', {}, rows)));
  }
}
