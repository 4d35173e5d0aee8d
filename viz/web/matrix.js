// Who leads what where: kinds of agencies by province, and lead by partner.
import { openCell } from "./behind.js";
import { coordinationPairs } from "./scene.js";
import { STATE } from "./state.js";
import { element, figure, inOrder, say } from "./text.js";

const MOST_ROWS = 60;
const MOST_COLUMNS = 40;
const FEW_COLUMNS = 12;

/** What an agent is, for comparing provinces: its kind, or its own name where the registry has none. @param {import("./data.js").Model} model @param {number} agent */
export function kindLabel(model, agent) {
  const kind = model.agents.kind[agent];
  return kind >= 0 ? model.kinds[kind][1] : model.agents.label[agent];
}

/**
 * @typedef {object} Cells
 * @property {string[]} rows
 * @property {string[]} columns
 * @property {Map<string, { value: number, units: number[], open: () => void }>} cells by row + "\t" + column
 * @property {boolean[]} open whether a row is an open-ended group
 */

/** Tasks led (or partnered) by kind and province, as the loads count them; for "responsible" the duties in prose. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {Cells} */
export function provinceCells(model, selection) {
  const role = STATE.role === "partner" ? 1 : STATE.role === "responsible" ? 2 : 0, { links, agents } = model;
  /** @type {Map<string, Set<number>>} */
  const units = new Map();
  const open = new Map();
  for (const link of selection.links) {
    if (links.role[link] !== role || (role < 2 && links.of[link] >= model.taskCount)) continue;
    const agent = links.agent[link], row = kindLabel(model, agent), column = model.provinceName(model.docs.province[model.docOf(links.of[link])]) || say("Trung ương", "Central"), key = row + "\t" + column;
    open.set(row, agents.form[agent] === 2);
    const held = units.get(key);
    if (held) held.add(links.of[link]); else units.set(key, new Set([links.of[link]]));
  }
  return arrange(units, open);
}

/** Lead kinds by partner kinds. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {Cells} */
export function pairCells(model, selection) {
  const units = new Map(), open = new Map();
  for (const pair of coordinationPairs(model, selection)) {
    const row = kindLabel(model, pair.lead), column = kindLabel(model, pair.partner), key = row + "\t" + column;
    open.set(row, model.agents.form[pair.lead] === 2);
    const held = units.get(key) || new Set();
    for (const unit of pair.tasks) held.add(unit);
    units.set(key, held);
  }
  return arrange(units, open);
}

/** The tasks behind each cell. @param {Cells} cells @returns {import("./behind.js").Lists} */
export function cellLists(cells) {
  return new Map([...cells.cells].map(([key, cell]) => { const name = key.replace("\t", " → "); return [name, { title: name, units: cell.units }]; }));
}

/** @param {Map<string, Set<number>>} units @param {Map<string, boolean>} open @returns {Cells} */
function arrange(units, open) {
  const rows = new Map(), columns = new Map(), cells = new Map();
  for (const [key, held] of units) {
    const [row, column] = key.split("\t");
    rows.set(row, (rows.get(row) || 0) + held.size);
    columns.set(column, (columns.get(column) || 0) + held.size);
    cells.set(key, { value: held.size, units: [...held], open: () => openCell(row + " → " + column) });
  }
  const by = (/** @type {Map<string, number>} */ totals) => [...totals].sort((p, q) => q[1] - p[1] || inOrder(p[0], q[0])).map((one) => one[0]);
  // Open-ended groups come last: they are shown, never ranked.
  const ordered = by(rows).sort((p, q) => Number(open.get(p)) - Number(open.get(q)));
  return { rows: ordered, columns: by(columns), cells, open: ordered.map((row) => Boolean(open.get(row))) };
}

/** @param {Cells} cells @param {string} corner @returns {{ picture: HTMLElement, note: string }} */
export function drawMatrix(cells, corner) {
  const most = Math.max(1, ...[...cells.cells.values()].map((cell) => cell.value));
  const rows = cells.rows.slice(0, MOST_ROWS), columns = cells.columns.slice(0, MOST_COLUMNS);
  const table = element("table", { class: columns.length > FEW_COLUMNS ? "heat" : "heat few" },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, corner), ...columns.map((column) => element("th", { scope: "col" }, element("span", {}, column))))),
    element("tbody", {}, ...rows.map((row, at) => element("tr", { class: cells.open[at] ? "open" : null }, element("th", { scope: "row" }, row), ...columns.map((column) => {
      const cell = cells.cells.get(row + "\t" + column);
      if (!cell) return element("td", { class: "gap" });
      return element("td", { style: "--v:" + Math.sqrt(cell.value / most).toFixed(2) }, element("button", { type: "button", class: cell.value / most > 0.45 ? "strong" : null, onclick: cell.open, "aria-label": row + ", " + column + ": " + cell.value }, figure(cell.value)));
    })))));
  const cut = [];
  if (cells.rows.length > MOST_ROWS) cut.push(say(MOST_ROWS + " trong " + cells.rows.length + " hàng", MOST_ROWS + " of " + cells.rows.length + " rows"));
  if (cells.columns.length > MOST_COLUMNS) cut.push(say(MOST_COLUMNS + " trong " + cells.columns.length + " cột", MOST_COLUMNS + " of " + cells.columns.length + " columns"));
  return { picture: element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": corner }, table), note: cut.length ? say("Hình chỉ vẽ ", "Drawn: ") + cut.join(", ") + say("; bảng bên dưới có đủ.", "; the table below has all.") : "" };
}

/** @param {Cells} cells @param {string} name @param {[string, string]} row @param {[string, string]} column @returns {import("./table.js").Listing} */
export function cellListing(cells, name, row, column) {
  const rows = [...cells.cells].map(([key, cell]) => ({ row: key.split("\t")[0], column: key.split("\t")[1], value: cell.value, open: cell.open }));
  return { name, rows, sort: 2, down: true, columns: [{ vi: row[0], en: row[1], value: (one) => one.row, open: (one) => one.open() }, { vi: column[0], en: column[1], value: (one) => one.column }, { vi: "Số nhiệm vụ, việc", en: "Tasks and duties", number: true, value: (one) => one.value, open: (one) => one.open() }] };
}

/** The matrix as SVG, for taking away. @param {Cells} cells */
export function matrixSvg(cells) {
  const rows = cells.rows.slice(0, MOST_ROWS), columns = cells.columns.slice(0, MOST_COLUMNS), left = 330, top = 190, size = 34, high = 22;
  const most = Math.max(1, ...[...cells.cells.values()].map((cell) => cell.value)), style = getComputedStyle(document.documentElement), ink = style.getPropertyValue("--ink").trim();
  const escape = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[sign] || ""));
  const parts = columns.map((column, at) => `<text transform="translate(${left + at * size + 20} ${top - 8}) rotate(-60)" font-size="12">${escape(column.slice(0, 36))}</text>`);
  rows.forEach((row, y) => {
    parts.push(`<text x="${left - 8}" y="${top + y * high + 15}" text-anchor="end" font-size="12">${escape(row.length > 48 ? row.slice(0, 47) + "…" : row)}</text>`);
    columns.forEach((column, x) => {
      const cell = cells.cells.get(row + "\t" + column);
      if (cell) parts.push(`<rect x="${left + x * size}" y="${top + y * high}" width="${size - 2}" height="${high - 2}" fill="#d9730d" fill-opacity="${(0.12 + 0.8 * Math.sqrt(cell.value / most)).toFixed(2)}"/><text x="${left + x * size + size / 2 - 1}" y="${top + y * high + 15}" text-anchor="middle" font-size="11">${cell.value}</text>`);
    });
  });
  const wide = left + columns.length * size + 140, tall = top + rows.length * high + 20;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}" viewBox="0 0 ${wide} ${tall}" font-family="Noto Sans, Segoe UI, Arial, sans-serif" fill="${ink}"><rect width="${wide}" height="${tall}" fill="${style.getPropertyValue("--ground").trim()}"/>${parts.join("")}</svg>`;
}
