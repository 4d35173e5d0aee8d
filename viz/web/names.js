// Names on a picture: cut so that what tells one from another stays, and put where there is room.

/** What every official writes short where the whole has no room. */
const SHORT = [["Ủy ban nhân dân", "UBND"], ["Hội đồng nhân dân", "HĐND"], ["chưa rõ cơ quan kế thừa (", "chưa rõ ("]];
/** A number that a name ends with, and the number of a document: without them the name is that of several. */
const NUMBER = /(?<=\s)(?:(?:[Kk]hu vực|[Vv]ùng|[Ss]ố)\s+)?(?:[IVXLC]+|\d+)$|(?<=\s)\d+\/\S*\p{Lu}\S*(?: \(\d{4}\))?$/u;
/** Letters in common from which on an end that is cut may tell nothing. */
const ALIKE = 8;

/**
 * Where each of several names begins to differ from those most like it, at a word; 0 where it differs at once.
 * @param {string[]} names
 * @returns {Map<string, number>}
 */
export function differences(names) {
  const sorted = [...new Set(names)].sort(), found = new Map(), alike = (/** @type {string} */ p, /** @type {string} */ q) => { let at = 0; while (at < p.length && p[at] === q[at]) at++; return at; };
  sorted.forEach((name, at) => {
    const most = Math.max(at ? alike(name, sorted[at - 1]) : 0, at + 1 < sorted.length ? alike(name, sorted[at + 1]) : 0);
    found.set(name, most < ALIKE ? 0 : name.lastIndexOf(" ", most - 1) + 1);
  });
  return found;
}

/**
 * A name in so many letters: as it is, with what is always written short, else cut at its end, or before what tells it from another.
 * @param {string} text
 * @param {number} letters
 * @param {number} [differs] where it begins to differ from another; below 0 of words of a task, whose end tells nothing
 */
export function cutName(text, letters, differs = 0) {
  if (text.length <= letters) return text;
  let name = text;
  for (const [whole, short] of SHORT) if (name.startsWith(whole)) name = short + name.slice(whole.length);
  if (name.length <= letters) return name;
  const number = differs < 0 ? null : NUMBER.exec(name), from = number && number.index > 3 ? number.index : differs > 0 ? Math.max(0, differs - text.length + name.length) : 0;
  const last = name.length - from;
  if (!from || (!number && letters > from + 3)) return trimmed(name, letters - 1) + "…";
  if (last + 4 <= letters) return wholeWords(name, letters - last - 2) + "… " + name.slice(from);
  const first = name.indexOf(" ") > 0 && name.indexOf(" ") < 6 ? name.slice(0, name.indexOf(" ")) : name.slice(0, 3), rest = letters - first.length - 2;
  return first + "… " + (last <= rest ? name.slice(from) : trimmed(name.slice(from), Math.max(2, rest - 1)) + "…");
}

/** Its first letters, up to a word's end where that is near. @param {string} text @param {number} letters */
function trimmed(text, letters) {
  const cut = text.slice(0, Math.max(1, letters)), space = cut.lastIndexOf(" ");
  return (text[cut.length] !== " " && space > 2 && cut.length - space < 4 ? cut.slice(0, space) : cut).replace(/[\s,;–-]+$/u, "");
}

/** Its first words, one at least. @param {string} text @param {number} letters */
function wholeWords(text, letters) {
  const space = text.lastIndexOf(" ", letters);
  return space > 0 ? text.slice(0, space).replace(/[\s,;–-]+$/u, "") : trimmed(text, letters);
}

/** A document's name in two lines, the number in the second; one line where it has no number behind words. @param {string} text */
export function twoLines(text) {
  const number = NUMBER.exec(text);
  return number && number.index > 3 ? [text.slice(0, number.index).trimEnd(), text.slice(number.index)] : [text];
}

/** Rectangles on the screen that are taken. */
export class Boxes {
  constructor() {
    /** @type {Map<number, number[][]>} */
    this.cells = new Map();
  }

  /** Take a rectangle; false where it is taken, unless it must be. @param {number} a @param {number} b @param {number} c @param {number} d @param {boolean} [must] */
  take(a, b, c, d, must = false) {
    const box = [a, b, c, d], keys = [];
    for (let i = Math.floor(a / 64); i <= Math.floor(c / 64); i++) for (let j = Math.floor(b / 32); j <= Math.floor(d / 32); j++) {
      const key = (i + 500) * 8192 + j + 500;
      if (!must) for (const other of this.cells.get(key) || []) if (a < other[2] && c > other[0] && b < other[3] && d > other[1]) return false;
      keys.push(key);
    }
    for (const key of keys) { const cell = this.cells.get(key); if (cell) cell.push(box); else this.cells.set(key, [box]); }
    return true;
  }
}
