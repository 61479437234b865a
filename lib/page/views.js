// The inspector's panels: the prompt, its translation, what is new in it, and the reply.
import {fold, h, marked} from './dom.js';
import * as format from './format.js';
import {breakOf, onlyIn, parameters, sections} from './changes.js';

const MOST = 300, FEW = 30, PREVIEW = 120;
const text = (content, word) => h('pre', {tabindex: 0}, marked(content, word));
const pretty = tree => JSON.stringify(tree, null, 2);
const card = (...children) => h('div', {class: 'card'}, children);

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return {text: json};
  }
}

/** What a tab shows, made when it is chosen. */
export const views = (before, body) => ({
  'Prompt': () => prompt(body),
  'Translation': () => translation(body),
  'Since the last turn': () => changes(before, body),
  'Reply': () => reply(body),
});

const missing = (what, setting) => h('p', {class: 'card'}, `The ${what} is not kept: set ${setting}=true and start FreeCC again.`);
const missingRequest = () => missing('request', 'LOG_REQUEST_BODY');

/** The first words, without the JSON that follows them. */
const preview = shown => (shown.replace(/\n[{[][^]*/, '') || shown).slice(0, PREVIEW).replace(/\s+/g, ' ');

/** A part with its first words, so that a prompt can be read over without opening it. */
function part(section, word, isOpen = false) {
  const shown = section.shown();
  return fold([h('span', {class: 'part'}, section.name),
    section.breakpoint ? h('span', {class: 'tag'}, 'cache breakpoint') : null,
    h('bdi', {class: 'preview', 'aria-hidden': true}, preview(shown)),
    h('span', {class: 'size'}, format.compact(shown.length), h('span', {class: 'hidden'}, ' characters'))],
  () => text(shown, word), isOpen);
}

function groups(all, word) {
  const names = [...new Set(all.map(section => section.group))];
  return names.map(name => {
    const parts = all.filter(section => section.group === name);
    const size = parts.reduce((sum, section) => sum + section.text.length, 0);
    const sizes = `${format.plural(parts.length, 'part')}, ${format.compact(size)} characters`;
    return h('section', {class: 'card'}, h('h3', {}, name, h('small', {}, sizes)),
      parts.map(section => part(section, word, Boolean(word) && all.length < FEW)));
  });
}

function prompt(body) {
  if (!body.request) return missingRequest();
  const tree = parsed(body.request), all = sections(tree);
  const list = h('div', {class: 'panel'}), count = h('p', {class: 'muted small', role: 'status'});
  const rest = word => h('section', {class: 'card'}, h('h3', {}, 'Parameters'), text(pretty(parameters(tree)), word));
  const show = word => {
    const found = all.filter(section => !word || (section.name + section.shown()).toLowerCase().includes(word.toLowerCase()));
    list.replaceChildren(...groups(found, word), rest(word));
    const parts = format.plural(all.length, 'part');
    count.textContent = word ? `${found.length} of ${parts} match` : `${parts}, in the order in which a prompt cache reads them`;
  };
  show('');
  const search = h('input', {type: 'search', autocomplete: 'off', oninput: event => show(event.target.value.trim())});
  return [h('div', {class: 'search'}, h('label', {}, 'Search ', search), count), list];
}

function side(name, tree) {
  return card(h('h4', {class: 'words'}, name), fold('Parameters', () => text(pretty(parameters(tree))), true),
    sections(tree).map(section => part(section)));
}

function list(title, lines) {
  return fold(`${title} (${lines.length})`, () => text(lines.slice(0, MOST).join('\n') || 'nothing'),
    lines.length > 0 && lines.length < FEW);
}

function translation(body) {
  if (!body.request) return missingRequest();
  if (!body.asks.length) return h('p', {class: 'card'}, 'No provider was asked.');
  const from = parsed(body.request);
  return body.asks.map((ask, at) => {
    const to = parsed(ask.body || '{}');
    return h('section', {class: 'panel'}, h('h3', {}, `Attempt ${at + 1}, sent after ${format.duration(ask.ms)}`),
      card(list('Only in what Claude Code sent', onlyIn(from, to)), list('Only in what the provider got', onlyIn(to, from))),
      h('div', {class: 'beside'}, side('From Claude Code', from), side('To ' + ask.url, to)));
  });
}

const excerpt = (title, [same, other, after], tag) => h('div', {}, h('h4', {}, title),
  h('pre', {tabindex: 0}, same, h(tag, {}, other || '∅'), after));

function cacheBreak(title, before, after) {
  const [old, now] = [sections(before), sections(after)];
  const broken = breakOf(old, now);
  const parts = format.plural(old.length, 'part'), more = format.plural(now.length - old.length, 'part');
  const words = broken ? `The first ${broken.at} of ${parts} are the same. `
      + `The cache breaks in ${broken.name}, after ${format.number(broken.bytes)} bytes of it:`
    : `The whole earlier prompt (${parts}) is a prefix of this one, so the cache can serve it. New: ${more}.`;
  const known = new Set(old.map(section => section.text)), kept = new Set(now.map(section => section.text));
  const differ = (sections, sign, word) => sections.length === 0 ? [] : [h('h4', {}, `${word} (${sections.length})`),
    sections.map(section => part({...section, name: sign + section.name}))];
  const verdict = h('span', {class: 'badge', 'data-state': broken ? 'bad' : 'ok'}, broken ? 'cache breaks' : 'cache holds');
  return h('section', {class: 'card'}, h('h3', {}, title, verdict), h('p', {}, words),
    broken ? h('div', {class: 'beside'}, excerpt('Before', broken.before, 'del'), excerpt('Now', broken.after, 'ins')) : null,
    differ(now.filter(section => !known.has(section.text)), '+ ', 'Added'),
    differ(old.filter(section => !kept.has(section.text)), '− ', 'Removed'));
}

function changes(before, body) {
  if (!body.request) return missingRequest();
  if (!before?.request) return h('p', {class: 'card'}, 'No earlier turn of this session is kept.');
  const sent = cacheBreak('What Claude Code sent', parsed(before.request), parsed(body.request));
  if (!before.asks.length || !body.asks.length) return sent;
  return [sent, cacheBreak('What the provider got', parsed(before.asks.at(-1).body), parsed(body.asks.at(-1).body))];
}

/** The reply's blocks, as far as the stream has come. */
function said(raw) {
  const blocks = [];
  for (const line of raw.split('\n').filter(line => line.startsWith('data:'))) {
    const event = parsed(line.slice(5));
    const {content_block: block, delta} = event;
    if (block) blocks[event.index] = {type: block.type, name: block.name ?? '', text: block.text ?? ''};
    if (delta && blocks[event.index]) blocks[event.index].text += delta.text ?? delta.thinking ?? delta.partial_json ?? '';
  }
  return blocks.filter(Boolean);
}

/** A tool's input by its lines; what is not whole JSON as it is. */
function readably(block) {
  const input = block.type.endsWith('tool_use') ? parsed(block.text) : null;
  return input && !('text' in input && Object.keys(input).length === 1) ? pretty(input) : block.text;
}

function reply(body) {
  const raw = body.reply.map(piece => piece.text).join('');
  if (!raw && !body.frames.length) return missing('reply', 'LOG_RESPONSE_BODY');
  const stream = body.reply.map(piece => `${format.duration(piece.ms)}\n${piece.text}`).join('\n');
  const frames = body.frames.map(frame => `${format.duration(frame.ms)} ${frame.event}\n${frame.data}`).join('\n');
  const blocks = said(raw);
  return [card(blocks.map(block => [h('h4', {}, `${block.type} ${block.name}`), text(readably(block))]), blocks.length ? null : text(raw)),
    card(fold(`As it streamed to Claude Code (${format.plural(body.reply.length, 'piece')})`, () => text(stream)),
      fold(`As the provider sent it (${format.plural(body.frames.length, 'frame')})`, () => text(frames)))];
}
