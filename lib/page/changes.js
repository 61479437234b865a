// What is the same and what is not: between two turns, and between a request and its translation.
import {readable} from './readable.js';

/** The parts of the prompt in each API, in the order in which a prompt cache reads them. */
const GROUPS = [['Tools', ['tools', 'toolConfig']],
  ['System prompt', ['system', 'instructions', 'systemInstruction', 'system_instruction']], ['Turns', ['messages', 'input', 'contents']]];
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

/**
 * Where the second prompt stops beginning like the first: null if the first is a prefix of the second. `before` and `after` are
 * what is there, as [the same, what differs, the same again].
 */
export function breakOf(before, after) {
  const at = before.findIndex((part, index) => part.text !== after[index]?.text);
  if (at < 0) return null;
  const [old, now] = [before[at].text, after[at]?.text ?? ''];
  let same = 0, end = 0;
  while (same < old.length && same < now.length && old[same] === now[same]) same++;
  while (end < Math.min(old.length, now.length) - same && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const around = text => [text.slice(Math.max(0, same - 80), same), text.slice(same, text.length - end).slice(0, 400),
    text.slice(text.length - end, text.length - end + 80)];
  return {at, name: after[at]?.name ?? before[at].name + ' (gone)', same: new TextEncoder().encode(now.slice(0, same)).length,
    before: around(old), after: around(now)};
}

/** The leaves of a tree as path -> value. */
export function leaves(tree, path = '', found = new Map()) {
  if (tree !== null && typeof tree === 'object') for (const [key, value] of Object.entries(tree))
    leaves(value, Array.isArray(tree) ? `${path}[${key}]` : path ? `${path}.${key}` : key, found);
  else found.set(path, tree);
  return found;
}

/** The leaves of one tree whose values are nowhere in the other's. */
export function onlyIn(one, other) {
  const values = new Set(leaves(other).values());
  return [...leaves(one)].filter(([, value]) => !values.has(value)).map(([path, value]) => `${path}: ${JSON.stringify(value)}`);
}
