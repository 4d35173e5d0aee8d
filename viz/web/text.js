// Words on the page: language, folding for search, elements made without innerHTML.

/** @type {{ language: "vi" | "en" }} */
export const SPEECH = { language: "vi" };

/**
 * The words in the reader's language.
 * @param {string} vi
 * @param {string} en
 */
export function say(vi, en) {
  return SPEECH.language === "vi" ? vi : en;
}

/**
 * Lower case without diacritics: what is searched, and what is searched for.
 * @param {string} text
 */
export function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
}

const LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", TONES = "\u0300\u0309\u0303\u0301\u0323";
/** @type {Map<string, string>} */
const SORTED = new Map();

/** What a text is sorted by: its letters in the order of the Vietnamese alphabet, then its tones, then itself. @param {string} text */
function sortKey(text) {
  let key = SORTED.get(text);
  if (key === undefined) {
    let letters = "", tones = "";
    for (const sign of text.toLowerCase().normalize("NFC")) {
      const parts = sign.normalize("NFD"), tone = [...parts].find((one) => TONES.includes(one)) || "", bare = tone ? parts.replace(tone, "").normalize("NFC") : sign, at = LETTERS.indexOf(bare);
      letters += at >= 0 ? String.fromCharCode(256 + at) : bare > "\u007f" ? "-" : bare;
      tones += tone ? TONES.indexOf(tone) + 1 : 0;
    }
    SORTED.set(text, key = letters + "\u0001" + tones + "\u0001" + text);
  }
  return key;
}

/** Vietnamese order. By hand: the browser's takes longer to wake up than a picture to draw. @param {string} p @param {string} q */
export function inOrder(p, q) {
  const x = sortKey(p), y = sortKey(q);
  return x < y ? -1 : x > y ? 1 : 0;
}

/**
 * @param {number} value
 * @param {number} [digits]
 */
export function figure(value, digits = 0) {
  // By hand: the browser's formats take longer to wake up than a picture to draw.
  const [whole, part] = String(rounded(value, digits || 2)).split("."), [group, point] = SPEECH.language === "vi" ? [".", ","] : [",", "."];
  return whole.replace(/\B(?=(\d{3})+$)/g, group) + (part ? point + part : "");
}

/** Round the decimal figure that is written, half up: 0.955 is 0.96. @param {number} value @param {number} digits */
function rounded(value, digits) {
  const text = String(value);
  return Number.isInteger(value) ? value : text.includes("e") ? Number(value.toFixed(digits)) : Number(Math.round(Number(text + "e" + digits)) + "e-" + digits);
}

/**
 * Make an element. Text from documents only ever gets in as text.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} [attributes] names that open with "on" are listeners; false and null are left out
 * @param {...(Node | string | number | null | undefined)} children
 * @returns {any}
 */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * Make an SVG element.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | number | null | undefined)} children
 * @returns {any}
 */
export function shape(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/**
 * @param {Element} made
 * @param {Record<string, any>} attributes
 * @param {(Node | string | number | null | undefined)[]} children
 */
function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "style") /** @type {HTMLElement} */ (made).style.cssText = String(value); // an attribute the page's policy would not apply
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) made.append(typeof child === "number" ? String(child) : child);
  return made;
}

/**
 * @param {string} id
 * @returns {any}
 */
export function get(id) {
  return document.getElementById(id);
}

/**
 * @param {string} text
 * @param {number} most
 */
export function shorten(text, most) {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1), space = cut.lastIndexOf(" ");
  return (space > most * 0.6 ? cut.slice(0, space) : cut) + "…";
}
