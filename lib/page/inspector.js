// One request in detail: its figures, and if bodies are kept what was asked, what became of it and what came back.
import {$, h} from './dom.js';
import {get} from './client.js';
import * as format from './format.js';
import {views} from './views.js';

export async function inspect(request, bodies) {
  const dialog = $('inspector');
  const place = h('div', {}, h('p', {class: 'muted', role: 'status'}, 'Loading …'));
  const role = request.role[0].toUpperCase() + request.role.slice(1);
  dialog.replaceChildren(h('div', {class: 'head'}, h('h2', {id: 'h-inspector'}, `${role} request at ${format.time(request.time)}`),
    h('button', {type: 'button', onclick: () => dialog.close()}, 'Close')), facts(request), place);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  if (!bodies.request && !bodies.response) {
    place.replaceChildren(h('p', {class: 'card'}, 'To see prompts and replies here, set LOG_REQUEST_BODY=true and LOG_RESPONSE_BODY=true '
      + 'and start FreeCC again.'));
    return;
  }
  try {
    const body = await get(`/api/requests/${encodeURIComponent(request.id)}/body`);
    const before = body.previous ? await get(`/api/requests/${encodeURIComponent(body.previous)}/body`).catch(() => null) : null;
    const cut = body.cut ? h('p', {class: 'card bad'}, 'Part of this was too long to keep.') : '';
    place.replaceChildren(cut, tabs(views(before, body)));
  } catch (error) {
    place.replaceChildren(h('p', {class: 'card bad', role: 'alert'}, error.message));
  }
}

function facts(request) {
  const [kind, word] = format.state(request);
  const rows = Object.entries(format.figures(request));
  const size = `${format.plural(request.messages, 'message')}, ${format.plural(request.tools, 'tool')}`;
  return h('div', {class: 'card'},
    h('p', {class: 'cause'}, h('span', {class: 'badge', 'data-state': kind}, word),
      h('span', {class: 'route'}, h('bdi', {}, request.asked), ' → ', h('strong', {}, h('bdi', {}, request.route ?? 'no route')))),
    request.message ? h('p', {class: 'words'}, h('bdi', {}, format.message(request))) : null,
    request.next_step ? h('p', {}, h('strong', {}, 'Next: '), request.next_step) : null,
    h('dl', {class: 'facts'}, rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    h('p', {class: 'muted small words'}, `Session ${request.session ?? '–'} · ${size} · ${request.request_id}`));
}

/** Panels of which one is shown, chosen by click or with the arrow keys. */
function tabs(panels) {
  const panel = h('div', {role: 'tabpanel', id: 'panel', class: 'panel', tabindex: 0});
  const choose = chosen => {
    for (const button of buttons) {
      button.setAttribute('aria-selected', button === chosen);
      button.tabIndex = button === chosen ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', chosen.id);
    panel.replaceChildren(...[panels[chosen.textContent]()].flat());
  };
  const move = event => {
    const at = buttons.indexOf(event.target);
    const next = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1}[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const chosen = buttons.at(next % buttons.length);
    choose(chosen);
    chosen.focus();
  };
  const buttons = Object.keys(panels).map((name, at) => h('button', {role: 'tab', type: 'button', id: 'tab-' + at, 'aria-controls': 'panel',
    onclick: event => choose(event.target), onkeydown: move}, name));
  choose(buttons[0]);
  return h('div', {}, h('div', {role: 'tablist', 'aria-label': 'Parts of the request'}, buttons), panel);
}
