// Prompts as people read them: text with its own line breaks, and everything else as JSON, so that nothing is left out.

const LONG = 2_000;

/** A tool, an instruction, a turn or a block of one, in any API's form. */
export function readable(value) {
  if (typeof value === 'string') return shortened(value);
  if (Array.isArray(value)) return value.map(readable).join('\n\n');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const {text, thinking, description, content, parts, ...rest} = value;
  delete rest.cache_control;
  delete rest.role;
  if (text !== undefined) delete rest.type;
  const words = [thinking, text, description, content, parts].filter(one => one !== undefined && one !== null).map(readable);
  const others = Object.keys(rest).length ? JSON.stringify(rest, (_, one) => typeof one === 'string' ? shortened(one) : one, 2) : '';
  return [...words, others].filter(Boolean).join('\n');
}

/** A file's base64 says nothing to a person. */
function shortened(text) {
  return text.length > LONG && /^(data:[\w/+.-]+;base64,)?[\w+/=-]+$/.test(text) ? `‹${text.length} characters of base64›` : text;
}

/** Characters that cannot be seen, or that turn the order of others around: hidden instructions are written in them. */
const CONTROLS = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f',
  DIRECTIONS = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069',
  WIDTHLESS = '\\u00ad\\u200b\\u2060-\\u2065\\ufeff', TAGS = '\\u{e0000}-\\u{e007f}';
const HIDDEN = new RegExp(`[${CONTROLS}${DIRECTIONS}${WIDTHLESS}${TAGS}]`, 'gu');

/** The text with such characters as their code points. */
export const visible = text => text.replace(HIDDEN, sign => `⟨U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
