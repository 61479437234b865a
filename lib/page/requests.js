// The table of requests. A row is changed in place while its request streams, so that focus and selection stay.
import {$, h} from './dom.js';
import * as format from './format.js';

const COLUMNS = [['Time', ''], ['Status', ''], ['For', ''], ['Model', ''], ['First token', 'number'], ['Total', 'number'], ['In', 'number'],
  ['Out', 'number'], ['Cached', 'number'], ['Cost', 'number'], ['Attempts', 'number']];
const MOST = 100;

export class Requests {
  #rows = new Map();
  #body = h('tbody', {role: 'rowgroup'});
  #more = h('p', {class: 'more muted'});
  #open;

  /** `open` shows the details of a request. */
  constructor(open) {
    this.#open = open;
    const heads = COLUMNS.map(([name, kind]) => h('th', {scope: 'col', role: 'columnheader', class: kind}, name));
    $('requests').append(h('table', {role: 'table', 'aria-labelledby': 'h-req', class: 'requests'},
      h('thead', {role: 'rowgroup'}, h('tr', {role: 'row'}, heads)), this.#body), this.#more);
  }

  show(all, which, word) {
    const shown = all.filter(request => Requests.#isShown(request, which, word));
    const wanted = shown.slice(0, MOST);
    const rows = wanted.map(request => this.#row(request));
    for (const [id, {row}] of this.#rows) if (!wanted.some(request => request.id === id)) {
      row.remove();
      this.#rows.delete(id);
    }
    rows.forEach((row, at) => this.#body.children[at] !== row && this.#body.insertBefore(row, this.#body.children[at] ?? null));
    $('requests').hidden = all.length === 0;
    this.#more.textContent = shown.length > MOST ? `The newest ${MOST} of ${shown.length} are shown; the filter finds the others.`
      : shown.length === 0 ? 'No request matches.' : '';
  }

  static #isShown(request, which, word) {
    if (which === 'open' && request.state === 'done' || which === 'error' && !format.isError(request)) return false;
    return !word || [request.asked, request.route, request.role, request.session, request.error, request.key_name]
      .some(text => text?.toLowerCase().includes(word));
  }

  #row(request) {
    const text = JSON.stringify(request);
    const before = this.#rows.get(request.id);
    if (before?.text === text) return before.row;
    const row = before?.row ?? h('tr', {role: 'row', onclick: event => event.target.closest('button') || this.#open(this.#rows.get(request.id).request)});
    const hasFocus = row.contains(document.activeElement);
    row.replaceChildren(...this.#cells(request));
    if (hasFocus) row.querySelector('button').focus();
    this.#rows.set(request.id, {row, text, request});
    return row;
  }

  #cells(request) {
    const [kind, word] = format.state(request);
    const cached = format.hitRatio(request);
    const when = format.time(request.time);
    const again = request.retries.length ? ` (${request.retries.join(', ')})` : '';
    const model = [h('span', {class: 'route'}, request.route ?? 'no route'),
      request.asked !== request.route ? h('small', {}, 'asked ' + request.asked) : null,
      request.fallback_from ? h('small', {}, 'instead of ' + request.fallback_from) : null];
    const values = [
      h('button', {class: 'link', type: 'button', 'aria-label': `Details of the request at ${when}`, onclick: () => this.#open(this.#rows.get(request.id).request)}, when),
      h('span', {class: 'badge', 'data-state': kind}, word),
      [request.role, h('small', {title: request.session ?? ''}, format.session(request.session) + (request.key_name ? ' · ' + request.key_name : ''))],
      model, format.duration(request.first_token_ms), request.state === 'done' ? format.duration(request.ms) : '…',
      format.compact(format.prompt(request)), format.compact(request.output),
      format.percent(cached), format.cost(request.cost_usd), request.attempts + again];
    return values.map((value, at) => h('td', {role: 'cell', class: COLUMNS[at][1], 'data-label': COLUMNS[at][0]}, h('div', {}, value)));
  }
}
