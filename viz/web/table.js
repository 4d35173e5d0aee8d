// A table that can be sorted, filtered and taken away as CSV: the equal of every picture.
import { STATE, remember } from "./state.js";
import { element, figure, fold, say } from "./text.js";

const PAGE = 200, MORE = 1000;
/** Rows of a printed table: of tasks some 200 pages, more than anybody reads on paper. What is left out is said there. */
const PAPER = 2000;
/** How each table is drawn for paper, and for the screen again. @type {WeakMap<Element, (paper: boolean) => void>} */
const PRINTED = new WeakMap();
for (const [event, paper] of /** @type {[string, boolean][]} */ ([["beforeprint", true], ["afterprint", false]])) window.addEventListener(event, () => { for (const box of document.querySelectorAll(".listing")) { const draw = PRINTED.get(box); if (draw) draw(paper); } });

/**
 * @typedef {object} Column
 * @property {string} vi
 * @property {string} en
 * @property {(row: any) => string | number | null} value
 * @property {(row: any) => string} [show] what the cell shows in place of its value
 * @property {boolean} [number]
 * @property {(row: any) => void} [open] makes the cell a button
 * @property {(row: any) => boolean} [opens] which cells are buttons, where not all are
 * @property {(row: any) => string} [link] address of a page of its own; "" where there is none
 * @property {boolean} [hidden] only in what is taken away
 * @property {boolean} [screen] for the screen: paper has no use for it
 * @property {boolean} [away] a way to somewhere, and no fact: it is not taken away
 */

/**
 * @typedef {object} Listing
 * @property {string} name file name for what is taken away
 * @property {Column[]} columns
 * @property {any[]} rows
 * @property {number} [sort] column to sort by at first
 * @property {boolean} [down]
 */

/** What an address calls the columns: their English name. @param {Listing} listing @returns {string[]} */
export function columnKeys(listing) {
  const names = listing.columns.map((column, at) => fold(column.en).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "c" + at);
  return names.map((name, at) => (names.indexOf(name) < at ? name + "-" + at : name));
}

/** The order that the address asks for, else the listing's own. @param {Listing} listing */
function orderOf(listing) {
  const at = STATE.sort ? columnKeys(listing).indexOf(STATE.sort.replace(/^-/, "")) : -1;
  return at < 0 || listing.columns[at].hidden ? { sort: listing.sort ?? -1, down: listing.down ?? false } : { sort: at, down: STATE.sort.startsWith("-") };
}

/** Whether a table has the column that the address says it is sorted by. @param {Listing} listing */
export function knowsOrder(listing) { return !STATE.sort || columnKeys(listing).some((key, at) => key === STATE.sort.replace(/^-/, "") && !listing.columns[at].hidden); }

/**
 * @param {Listing} listing
 * @returns {HTMLElement}
 */
export function makeTable(listing) {
  const kept = { ...orderOf(listing), words: STATE.find, shown: Math.max(PAGE, Number(STATE.rows)) };
  const sortBy = (/** @type {number} */ at) => {
    kept.down = kept.sort === at ? !kept.down : Boolean(listing.columns[at].number);
    kept.sort = at;
    const own = at === (listing.sort ?? -1) && kept.down === (listing.down ?? false);
    remember({ sort: own ? "" : (kept.down ? "-" : "") + columnKeys(listing)[at] });
    draw();
  };
  // Browsers repeat the words of a head on each page of paper, not its buttons.
  const heading = (/** @type {string} */ words, /** @type {number} */ at, /** @type {boolean} */ paper) => (paper ? words : element("button", { type: "button", onclick: () => sortBy(at) }, words));
  const body = element("tbody"), head = element("tr"), count = element("span", { class: "count", role: "status" }), told = element("p", { class: "paper-note" });
  const more = element("button", { type: "button", onclick: () => { kept.shown += MORE; remember({ rows: String(kept.shown) }); draw(); } });
  const filter = element("input", { type: "search", value: kept.words, placeholder: say("lọc bảng (không cần dấu)", "filter the table"), "aria-label": say("Lọc bảng", "Filter the table"), oninput: () => { kept.words = filter.value; kept.shown = PAGE; remember({ find: filter.value, rows: "" }); draw(); } });
  const draw = (paper = false) => {
    head.replaceChildren(...listing.columns.map((column, at) => (column.hidden ? "" : element("th", { scope: "col", class: look(column), "aria-sort": kept.sort !== at ? "none" : kept.down ? "descending" : "ascending" },
      heading(say(column.vi, column.en) + (kept.sort === at ? (kept.down ? " ▼" : " ▲") : ""), at, paper)))));
    const rows = shownRows(listing, kept), shown = paper ? Math.max(PAPER, kept.shown) : kept.shown;
    body.replaceChildren(...rows.slice(0, shown).map((row) => element("tr", {}, ...listing.columns.map((column, at) => (column.hidden ? null : cell(column, row, at))))));
    count.textContent = rows.length === listing.rows.length ? figure(rows.length) + say(" dòng", " rows") : figure(rows.length) + " / " + figure(listing.rows.length) + say(" dòng", " rows");
    more.hidden = rows.length <= kept.shown;
    told.textContent = tellPaper(rows.length, shown, listing.rows.length, kept.words);
    more.textContent = say("Thêm dòng", "More rows") + " (" + figure(Math.max(0, rows.length - kept.shown)) + ")";
  };
  draw();
  const save = element("button", { type: "button", onclick: () => download(listing.name + ".csv", toCsv(listing, shownRows(listing, kept)), "text/csv") }, "CSV");
  const box = element("div", { class: "listing" }, element("div", { class: "tools" }, filter, count, save), told, element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("Bảng", "Table") }, element("table", {}, element("thead", {}, head), body)), more);
  PRINTED.set(box, draw);
  return box;
}

/** What stands above a table on paper: how many rows it has, and how to have those that are left out. @param {number} rows @param {number} shown @param {number} all @param {string} words */
function tellPaper(rows, shown, all, words) {
  const left = rows - shown, some = rows < all ? say(` có “${words.trim()}”, trong ${figure(all)} dòng`, ` that hold “${words.trim()}”, of ${figure(all)}`) : "";
  return left > 0 ? say(`In ${figure(shown)} dòng đầu trong ${figure(rows)} dòng${some}; ${figure(left)} dòng không in. Muốn có đủ: nút CSV trên trang, hoặc lọc bớt rồi in.`, `The first ${figure(shown)} of ${figure(rows)} rows${some}; ${figure(left)} are not printed. For all: the button CSV of the page, or filter and print again.`) : say(`${figure(rows)} dòng${some}.`, `${figure(rows)} rows${some}.`);
}

/** @param {Column} column */
function look(column) { return [column.number ? "number" : "", column.screen ? "screen" : ""].filter(Boolean).join(" ") || null; }

/** @param {Column} column @param {any} row @param {number} at */
function cell(column, row, at) {
  const value = column.value(row), text = column.show ? column.show(row) : value === null || value === undefined ? "" : typeof value === "number" && column.number ? figure(value) : String(value);
  const away = column.link ? column.link(row) : "";
  const inner = away ? element("a", { href: away }, text) : column.open && text && (!column.opens || column.opens(row)) ? element("button", { type: "button", class: "link", onclick: () => column.open && column.open(row) }, text) : text;
  return element(at === 0 ? "th" : "td", at === 0 ? { scope: "row", class: look(column) } : { class: look(column) }, inner);
}

/** @param {Listing} listing @param {{ sort: number, down: boolean, words: string }} kept */
function shownRows(listing, kept) {
  const words = fold(kept.words).split(/\s+/).filter(Boolean), collator = new Intl.Collator("vi", { numeric: true });
  const rows = words.length ? listing.rows.filter((row) => { const text = fold(listing.columns.map((column) => column.value(row) ?? "").join(" ")); return words.every((word) => text.includes(word)); }) : listing.rows.slice();
  const column = listing.columns[kept.sort];
  if (!column) return rows;
  return rows.sort((p, q) => {
    const x = column.value(p), y = column.value(q);
    if (x === y) return 0;
    if (x === null || x === "" || x === undefined) return 1;
    if (y === null || y === "" || y === undefined) return -1;
    const order = typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y));
    return kept.down ? -order : order;
  });
}

/**
 * All rows and columns as CSV that spreadsheets open right: byte order mark, and no cell that they would run as a formula.
 * @param {Listing} listing
 * @param {any[]} rows
 */
export function toCsv(listing, rows) {
  const field = (/** @type {string | number | null | undefined} */ value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
    return /[",\n\r]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
  };
  const columns = listing.columns.filter((column) => !column.away), lines = [columns.map((column) => field(say(column.vi, column.en))), ...rows.map((row) => columns.map((column) => field(column.value(row))))];
  return "\ufeff" + lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
}

/** @param {string} name @param {string | Blob} content @param {string} [type] */
export function download(name, content, type = "text/plain") {
  const blob = typeof content === "string" ? new Blob([content], { type: type + ";charset=utf-8" }) : content, address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
