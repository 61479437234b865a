// The table of requests. A row is changed in place while its request streams, so that focus and selection stay.
import {$, h} from './dom.js';
import * as format from './format.js';

const COLUMNS = [['Time', ''], ['Status', ''], ['Role', ''], ['Model', ''], ['First token', 'number'], ['Total', 'number'],
  ['In', 'number'], ['Out', 'number'], ['Cached', 'number'], ['Cost', 'number'], ['Attempts', 'number']];
const FEW = 12, MOST = 200; // rows

export class Requests {
  #rows = new Map();
  #body = h('tbody', {role: 'rowgroup'});
  #said = h('span');
  #all = h('button', {class: 'link', type: 'button', onclick: () => this.#toggle()});
  #more = h('p', {class: 'more muted'}, this.#said, this.#all);
  #open;
  #most = FEW;
  #shown = [];

  /** `open` shows the details of a request. */
  constructor(open) {
    this.#open = open;
    const heads = COLUMNS.map(([name, kind]) => h('th', {scope: 'col', role: 'columnheader', class: kind}, name));
    $('requests').append(h('table', {role: 'table', 'aria-labelledby': 'h-req', class: 'requests'},
      h('thead', {role: 'rowgroup'}, h('tr', {role: 'row'}, heads)), this.#body), this.#more);
  }

  show(all, which, word) {
    this.#shown = all.filter(request => Requests.#isShown(request, which, word));
    $('requests').hidden = all.length === 0;
    this.#draw();
  }

  #toggle() {
    this.#most = this.#most === FEW ? MOST : FEW;
    this.#draw();
  }

  #draw() {
    const wanted = this.#shown.slice(0, this.#most);
    const rows = wanted.map(request => this.#row(request));
    for (const [id, {row}] of this.#rows) if (!wanted.some(request => request.id === id)) {
      row.remove();
      this.#rows.delete(id);
    }
    rows.forEach((row, at) => this.#body.children[at] !== row && this.#body.insertBefore(row, this.#body.children[at] ?? null));
    const count = this.#shown.length;
    this.#said.textContent = count === 0 ? 'No request matches.'
      : count > MOST && this.#most === MOST ? `The newest ${MOST} of ${count}; the filter finds the others. ` : '';
    this.#all.hidden = count <= FEW;
    this.#all.textContent = this.#most === MOST ? 'Show fewer' : `Show all ${Math.min(count, MOST)}`;
    this.#more.hidden = count > 0 && count <= FEW;
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
    const open = () => this.#open(this.#rows.get(request.id).request);
    const row = before?.row ?? h('tr', {role: 'row', onclick: event => event.target.closest('button') || open()});
    const hasFocus = row.contains(document.activeElement);
    row.replaceChildren(...this.#cells(request));
    if (hasFocus) row.querySelector('button').focus();
    this.#rows.set(request.id, {row, text, request});
    return row;
  }

  #cells(request) {
    const [kind, word] = format.state(request);
    const when = format.time(request.time);
    const figures = format.figures(request);
    const words = {
      'Time': h('button', {class: 'link', type: 'button', 'aria-label': `Details of the ${request.role} request at ${when}`,
        onclick: () => this.#open(this.#rows.get(request.id).request)}, when),
      'Status': h('span', {class: 'badge', 'data-state': kind}, word),
      'Role': [h('bdi', {}, request.role), h('small', {title: request.session ?? ''},
        h('bdi', {}, format.session(request.session) + (request.key_name ? ' · ' + request.key_name : '')))],
      'Model': [h('bdi', {class: 'route'}, request.route ?? 'no route'),
        request.asked !== request.route ? h('small', {class: 'route'}, 'asked ', h('bdi', {}, request.asked)) : null,
        request.fallback_from ? h('small', {class: 'route'}, 'instead of ', h('bdi', {}, request.fallback_from)) : null],
    };
    return COLUMNS.map(([name, kind]) => h('td', {role: 'cell', class: kind, 'data-label': name},
      h('div', {}, words[name] ?? figures[name])));
  }
}
