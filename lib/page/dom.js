// Elements are made here and nowhere else. Whatever a model or a client wrote becomes text that can be seen, never markup.
import {visible} from './readable.js';

export const $ = id => document.getElementById(id);

/** An element: `h('td', {class: 'number'}, 'text', child)`. Properties that begin with `on` are listeners. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat(Infinity))
    if (child !== null && child !== undefined && child !== '') element.append(child instanceof Node ? child : visible(String(child)));
  return element;
}

/** A folded part. Its content is made when it is first opened, because a prompt may have megabytes. */
export function fold(title, content, isOpen = false) {
  const part = h('details', {}, h('summary', {}, title));
  let isMade = false;
  const make = () => {
    if (!isMade) part.append(...[content()].flat());
    isMade = true;
  };
  part.addEventListener('toggle', () => part.open && make());
  if (isOpen) {
    make();
    part.open = true;
  }
  return part;
}

/** The text with each place where `word` is marked; both without regard to case. */
export function marked(text, word) {
  if (!word) return [text];
  const parts = [], low = text.toLowerCase(), sought = word.toLowerCase();
  let from = 0;
  for (let at = low.indexOf(sought); at >= 0 && parts.length < 400; at = low.indexOf(sought, from)) {
    parts.push(text.slice(from, at), h('mark', {}, text.slice(at, at + sought.length)));
    from = at + sought.length;
  }
  return [...parts, text.slice(from)];
}
