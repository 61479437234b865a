// Charts of the ledger's sums, by Chart.js, which is fetched when the charts come into view.
import {$, h} from './dom.js';
import {get} from './client.js';
import * as format from './format.js';

const MOST = 12; // groups that are not times
const SERIES = {
  tokens: [['uncached input', 'chart-1', group => group.input], ['read from cache', 'chart-2', group => group.cache_read],
    ['written to cache', 'chart-3', group => group.cache_write], ['output', 'chart-4', group => group.output]],
  cost: [['cost', 'chart-1', group => group.cost_usd]],
  cache: [['read from cache', 'chart-2', group => group.input + group.cache_read + group.cache_write ? 100 * group.cache_hit_ratio : null]],
  latency: [['median', 'chart-1', group => seconds(group.first_token_ms.p50)], ['95th percentile', 'chart-3', group => seconds(group.first_token_ms.p95)]],
};
const WRITTEN = {tokens: format.compact, cost: format.cost, cache: value => Math.round(value) + ' %', latency: value => value + ' s'};
const seconds = ms => ms === null ? null : ms / 1000;

/** What a colour of the style sheet is in the theme of now. */
function colour(name) {
  const probe = h('i', {class: name, hidden: true});
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
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

  #groups() { return this.#isTime() ? this.#usage.groups : this.#usage.groups.slice(0, MOST); }

  #isTime() { return this.#by === 'hour' || this.#by === 'day'; }

  async #draw() {
    if (!this.#isSeen || !this.#usage) return;
    if (!globalThis.Chart) await import('/page/chart.js');
    for (const name of Object.keys(SERIES)) this.#chart(name);
  }

  #label(key) { return this.#by === 'session' ? format.session(key) : this.#by === 'hour' ? key.slice(5) : key.length > 26 ? key.slice(0, 25) + '…' : key; }

  #chart(name) {
    const groups = this.#groups();
    const canvas = $('c-' + name);
    canvas.setAttribute('aria-label', `${canvas.closest('figure').querySelector('figcaption').textContent} by ${this.#by}: `
      + groups.slice(0, 5).map(group => `${group.key} ${SERIES[name].map(([, , value]) => value(group) === null ? 'unknown' : WRITTEN[name](value(group))).join(', ')}`).join('; '));
    this.#shown.get(name)?.destroy();
    canvas.parentElement.dataset.rows = this.#isTime() ? 'time' : Math.min(groups.length, MOST);
    this.#shown.set(name, new globalThis.Chart(canvas, this.#plan(name, groups)));
  }

  #plan(name, groups) {
    const [ink, line] = [colour('muted'), colour('rule')];
    const isStacked = name === 'tokens';
    const across = this.#isTime() ? 'x' : 'y', along = this.#isTime() ? 'y' : 'x';
    const datasets = SERIES[name].map(([label, shade, value]) => ({label, data: groups.map(value), backgroundColor: colour(shade), borderRadius: 3,
      maxBarThickness: 22, stack: isStacked ? 'all' : undefined}));
    const ticks = {color: ink, font: {size: 11.5}};
    return {
      type: 'bar', data: {labels: groups.map(group => this.#label(group.key)), datasets},
      options: {
        indexAxis: across, maintainAspectRatio: false, animation: false,
        scales: {
          [across]: {stacked: isStacked, grid: {display: false}, border: {color: line}, ticks},
          [along]: {stacked: isStacked, beginAtZero: true, max: name === 'cache' ? 100 : undefined, grid: {color: line}, border: {display: false},
            ticks: {...ticks, maxTicksLimit: 5, callback: WRITTEN[name]}},
        },
        plugins: {
          legend: {display: datasets.length > 1, position: 'bottom', labels: {color: ink, boxWidth: 10, boxHeight: 10, font: {size: 11.5}}},
          tooltip: {callbacks: {label: item => `${item.dataset.label}: ${WRITTEN[name](item.raw)}`}},
        },
      },
    };
  }

  #table() {
    const columns = [['Requests', group => format.number(group.requests)], ['Failed', group => format.number(group.errors)], ['Uncached', group => format.number(group.input)],
      ['Cache read', group => format.number(group.cache_read)], ['Cache written', group => format.number(group.cache_write)], ['Output', group => format.number(group.output)],
      ['Cost', group => format.cost(group.cost_usd)], ['Cached', group => format.percent(group.cache_hit_ratio)], ['First token', group => format.duration(group.first_token_ms.p50)],
      ['Whole reply', group => format.duration(group.ms.p50)]];
    $('figures').replaceChildren(h('table', {},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, this.#by), columns.map(([name]) => h('th', {scope: 'col', class: 'number'}, name)))),
      h('tbody', {}, this.#usage.groups.map(group => h('tr', {}, h('th', {scope: 'row'}, group.key), columns.map(([, value]) => h('td', {class: 'number'}, value(group))))))));
  }
}
