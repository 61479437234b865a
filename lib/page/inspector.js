// One request in detail: its figures, and if bodies are kept what was asked, what became of it and what came back.
import {$, fold, h, marked} from './dom.js';
import {get} from './client.js';
import * as format from './format.js';
import {breakOf, onlyIn, parameters, sections} from './changes.js';

const MOST = 300; // lines of a list
const text = (content, word) => h('pre', {tabindex: 0}, marked(content, word));
const parsed = json => {
  try {
    return JSON.parse(json);
  } catch {
    return {text: json};
  }
};

export async function inspect(request, bodies) {
  const dialog = $('inspector');
  const place = h('div', {'aria-live': 'polite'}, 'Loading …');
  dialog.replaceChildren(h('div', {class: 'head'}, h('h2', {id: 'h-inspector'}, `${request.role} request at ${format.time(request.time)}`),
    h('button', {type: 'button', onclick: () => dialog.close()}, 'Close')), facts(request), place);
  if (!dialog.open) dialog.showModal();
  if (!bodies.request && !bodies.response) {
    place.replaceChildren(h('p', {class: 'card'}, 'To see prompts and replies here, set LOG_REQUEST_BODY=true and LOG_RESPONSE_BODY=true and start FreeCC again.'));
    return;
  }
  try {
    const body = await get(`/api/requests/${encodeURIComponent(request.id)}/body`);
    const before = body.previous ? await get(`/api/requests/${encodeURIComponent(body.previous)}/body`).catch(() => null) : null;
    place.replaceChildren(tabs({Prompt: () => promptView(body), Translation: () => translation(body), 'Since the last turn': () => changes(before, body), Reply: () => reply(body)}));
  } catch (error) {
    place.replaceChildren(h('p', {class: 'card bad'}, error.message));
  }
}

function facts(request) {
  const [kind, word] = format.state(request);
  const rows = [['Tokens in / out', `${format.number(format.prompt(request))} / ${format.number(request.output)}`], ['Cached', format.percent(format.hitRatio(request))],
    ['Cost', format.cost(request.cost_usd)], ['First token', format.duration(request.first_token_ms)], ['Total', format.duration(request.ms)], ['Attempts', request.attempts]];
  return h('div', {}, h('p', {class: 'cause'}, h('span', {class: 'badge', 'data-state': kind}, word), h('strong', {class: 'route'}, `${request.asked} → ${request.route ?? 'no route'}`)),
    request.message ? h('p', {class: 'bad words'}, request.message) : null, request.next_step ? h('p', {}, h('strong', {}, 'Next: '), request.next_step) : null,
    h('p', {class: 'muted small'}, rows.map(([name, value]) => `${name} ${value}`).join(' · ')));
}

function tabs(views) {
  const panel = h('div', {role: 'tabpanel', id: 'panel', tabindex: 0});
  const buttons = Object.entries(views).map(([name, view]) => h('button', {role: 'tab', type: 'button', 'aria-controls': 'panel', onclick: event => {
    for (const button of buttons) {
      button.setAttribute('aria-selected', button === event.target);
      button.tabIndex = button === event.target ? 0 : -1;
    }
    panel.setAttribute('aria-label', name);
    panel.replaceChildren(...[view()].flat());
  }, onkeydown: event => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length];
    next.focus();
    next.click();
  }}, name));
  buttons[0].click();
  return h('div', {}, h('div', {role: 'tablist', 'aria-label': 'Parts of the request'}, buttons), panel);
}

const missing = what => h('p', {class: 'card'}, `The ${what} is not kept: set ${what === 'reply' ? 'LOG_RESPONSE_BODY' : 'LOG_REQUEST_BODY'}=true and start FreeCC again.`);

function promptView(body) {
  if (!body.request) return missing('request');
  const tree = parsed(body.request), all = sections(tree), list = h('div', {class: 'card'}), count = h('p', {class: 'muted small', role: 'status'});
  const show = word => {
    const found = all.filter(section => !word || (section.name + section.text).toLowerCase().includes(word.toLowerCase()));
    list.replaceChildren(...found.map(section => fold(`${section.name} · ${format.compact(section.text.length)} characters`, () => text(section.text, word), Boolean(word) && found.length < 30)),
      fold('parameters', () => text(JSON.stringify(parameters(tree), null, 2), word)));
    count.textContent = word ? `${found.length} of ${all.length} parts match` : `${all.length} parts, in the order in which a prompt cache reads them`;
  };
  show('');
  return [h('label', {}, 'Search ', h('input', {type: 'search', oninput: event => show(event.target.value.trim())})), count, list];
}

function side(name, tree) {
  return h('div', {class: 'card'}, h('strong', {class: 'words'}, name), fold('parameters', () => text(JSON.stringify(parameters(tree), null, 2)), true),
    sections(tree).map(section => fold(section.name, () => text(section.text))));
}

function list(title, lines) {
  return fold(`${title} (${lines.length})`, () => text(lines.slice(0, MOST).join('\n') || 'nothing'), lines.length > 0 && lines.length < 30);
}

function translation(body) {
  if (!body.request) return missing('request');
  if (!body.asks.length) return h('p', {class: 'card'}, 'No provider was asked.');
  const from = parsed(body.request);
  return body.asks.map((ask, at) => {
    const to = parsed(ask.body || '{}');
    return h('section', {}, h('h3', {}, `Attempt ${at + 1}, after ${format.duration(ask.ms)}`),
      h('div', {class: 'card'}, list('Only in what Claude Code sent', onlyIn(from, to)), list('Only in what the provider got', onlyIn(to, from))),
      h('div', {class: 'beside'}, side('From Claude Code', from), side('To ' + ask.url, to)));
  });
}

function cacheBreak(title, before, after) {
  const [old, now] = [sections(before), sections(after)];
  const broken = breakOf(old, now);
  const words = broken ? `The first ${broken.at} of ${old.length} parts are the same. The cache breaks in ${broken.name}, after ${format.number(broken.same)} bytes of it:`
    : `The whole earlier prompt (${old.length} parts) is a prefix of this one, so the cache can serve it. ${now.length - old.length} parts are new.`;
  const known = new Set(old.map(section => section.text)), kept = new Set(now.map(section => section.text));
  return h('div', {class: 'card'}, h('h3', {}, title), h('p', {}, words), broken ? h('div', {class: 'beside'}, h('div', {}, 'Before', text(broken.before)), h('div', {}, 'Now', text(broken.after))) : null,
    now.filter(section => !known.has(section.text)).map(section => fold('+ ' + section.name, () => text(section.text))),
    old.filter(section => !kept.has(section.text)).map(section => fold('− ' + section.name, () => text(section.text))));
}

function changes(before, body) {
  if (!body.request) return missing('request');
  if (!before?.request) return h('p', {class: 'card'}, 'No earlier turn of this session is kept.');
  return [cacheBreak('What Claude Code sent', parsed(before.request), parsed(body.request)),
    before.asks.length && body.asks.length ? cacheBreak('What the provider got', parsed(before.asks.at(-1).body), parsed(body.asks.at(-1).body)) : null].filter(Boolean);
}

function said(raw) {
  const blocks = [];
  for (const line of raw.split('\n').filter(line => line.startsWith('data:'))) {
    const event = parsed(line.slice(5));
    if (event.content_block) blocks[event.index] = {type: event.content_block.type, name: event.content_block.name ?? '', text: event.content_block.text ?? ''};
    if (event.delta && blocks[event.index]) blocks[event.index].text += event.delta.text ?? event.delta.thinking ?? event.delta.partial_json ?? '';
  }
  return blocks.filter(Boolean);
}

function reply(body) {
  const raw = body.reply.map(piece => piece.text).join('');
  if (!raw && !body.frames.length) return missing('reply');
  const stream = body.reply.map(piece => `${format.duration(piece.ms)}\n${piece.text}`).join('\n');
  const blocks = said(raw);
  return [h('div', {class: 'card'}, blocks.map(block => fold(`${block.type} ${block.name}`, () => text(block.text), true)), blocks.length ? null : text(raw)),
    h('div', {class: 'card'}, fold(`As it streamed to Claude Code (${body.reply.length} pieces)`, () => text(stream)),
      fold(`As the provider sent it (${body.frames.length} frames)`, () => text(body.frames.map(frame => `${format.duration(frame.ms)} ${frame.event}\n${frame.data}`).join('\n'))))];
}
