// What is the same and what is not: between two turns, and between a request and its translation.

const ORDER = ['tools', 'toolConfig', 'system', 'instructions', 'systemInstruction', 'system_instruction', 'messages', 'input', 'contents'];

/** A request in the order in which a prompt cache reads it: {name, text} for each tool, instruction and turn, then the rest. */
export function sections(body) {
  const found = [];
  const add = (name, value) => found.push({name, text: typeof value === 'string' ? value : JSON.stringify(value, withoutMarks, 2)});
  for (const key of ORDER) {
    if (!(key in body)) continue;
    if (!Array.isArray(body[key])) add(key, body[key]);
    else body[key].forEach((part, at) => add(`${key}[${at}]${title(part)}`, part));
  }
  return found;
}

/** What is not part of the prompt: the model and its parameters. */
export const parameters = body => Object.fromEntries(Object.entries(body).filter(([key]) => !ORDER.includes(key)));

/** Breakpoints of the cache move from turn to turn without changing the prompt. */
const withoutMarks = (key, value) => key === 'cache_control' ? undefined : value;

function title(part) {
  const name = part?.name ?? part?.function?.name ?? part?.role ?? part?.type;
  return name ? ' ' + name : '';
}

/** Where the second prompt stops beginning like the first: null if the first is a prefix of the second. */
export function breakOf(before, after) {
  for (let at = 0; at < before.length; at++) {
    if (before[at].text === after[at]?.text) continue;
    const [old, now] = [before[at].text, after[at]?.text ?? ''];
    let same = 0;
    while (same < old.length && same < now.length && old[same] === now[same]) same++;
    const from = Math.max(0, same - 60);
    return {at, name: after[at]?.name ?? before[at].name + ' (gone)', same: new TextEncoder().encode(now.slice(0, same)).length,
      before: old.slice(from, same + 160), after: now.slice(from, same + 160)};
  }
  return null;
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
