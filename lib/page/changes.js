// What is the same and what is not: between two turns, and between a request and its translation.
import {readable} from './readable.js';

/** The parts of the prompt in each API, in the order in which a prompt cache reads them. */
const GROUPS = [['Tools', ['tools', 'toolConfig']],
  ['System prompt', ['system', 'instructions', 'systemInstruction', 'system_instruction']], ['Turns', ['messages', 'input', 'contents']]];
const AROUND = 80, LONGEST = 240; // characters
const KEYS = GROUPS.flatMap(([, keys]) => keys);

/** A prompt as {group, name, text, breakpoint, shown()} for each tool, instruction and turn. Two parts are the same if their texts are. */
export function sections(body) {
  const found = [];
  for (const [group, keys] of GROUPS) for (const key of keys) {
    if (!(key in body)) continue;
    const add = (name, value) => found.push({group, name, text: typeof value === 'string' ? value : JSON.stringify(value, withoutMarks, 2),
      breakpoint: JSON.stringify(value).includes('"cache_control":{'), shown: () => readable(value)});
    if (!Array.isArray(body[key])) add(key, body[key]);
    else body[key].forEach((part, at) => add(`${key}[${at}]${title(part)}`, part));
  }
  return found;
}

/** What is not part of the prompt: the model and its parameters. */
export const parameters = body => Object.fromEntries(Object.entries(body).filter(([key]) => !KEYS.includes(key)));

/** Breakpoints of the cache move from turn to turn without changing the prompt. */
const withoutMarks = (key, value) => key === 'cache_control' ? undefined : value;

function title(part) {
  const name = part?.name ?? part?.function?.name ?? part?.role ?? part?.type;
  return name ? ' ' + name : '';
}

/** How two texts begin alike and end alike, in characters. */
function alike(one, other) {
  let start = 0, end = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start++;
  while (end < Math.min(one.length, other.length) - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
  return {start, end};
}

/** What differs with a few words around it: [the same, what differs, the same again]. */
function around(text, {start, end}) {
  const from = Math.max(0, start - AROUND), to = text.length - end;
  return [(from > 0 ? '…' : '') + text.slice(from, start), text.slice(start, to).slice(0, 5 * AROUND),
    text.slice(to, to + AROUND) + (to + AROUND < text.length ? '…' : '')];
}

/** Where the second prompt stops beginning like the first, with what is there in both: null if the first is a prefix of the second. */
export function breakOf(before, after) {
  const at = before.findIndex((part, index) => part.text !== after[index]?.text);
  if (at < 0) return null;
  const old = before[at], now = after[at] ?? {name: old.name + ' (gone)', text: '', shown: () => ''};
  const texts = [old.shown(), now.shown()];
  const [was, is] = texts[0] === texts[1] ? [old.text, now.text] : texts;   // they may differ only in what is not shown
  const same = now.text.slice(0, alike(old.text, now.text).start);
  const found = alike(was, is);
  return {at, name: now.name, bytes: new TextEncoder().encode(same).length, before: around(was, found), after: around(is, found)};
}

/** The leaves of a tree as path -> value. */
export function leaves(tree, path = '', found = new Map()) {
  if (tree !== null && typeof tree === 'object') for (const [key, value] of Object.entries(tree))
    leaves(value, Array.isArray(tree) ? `${path}[${key}]` : path ? `${path}.${key}` : key, found);
  else found.set(path, tree);
  return found;
}

/** The leaves of one tree whose values are nowhere in the other's, a line each. */
export function onlyIn(one, other) {
  const values = new Set(leaves(other).values());
  return [...leaves(one)].filter(([, value]) => !values.has(value)).map(([path, value]) => `${path}: ${brief(JSON.stringify(value))}`);
}

const brief = text => text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
