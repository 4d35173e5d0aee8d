// Province × shared task: who leads the same work where, the same or another, and who has no such task.
import { opener } from "./behind.js";
import { kindLabel } from "./matrix.js";
import { STATE } from "./state.js";
import { element, figure, fold, inOrder, say, shorten } from "./text.js";

const MOST_ROWS = 120;
const MOST_COLUMNS = 40;

/**
 * @typedef {object} Cell
 * @property {"same" | "differs" | "alone" | "none" | "gap" | "outside"} state
 * @property {string[]} leads kinds, as they are named
 * @property {number[]} tasks
 */

/**
 * @typedef {object} Row
 * @property {string} label
 * @property {number} own task of the national decision, -1: none
 * @property {Cell[]} cells by column
 */

/** @typedef {{ columns: number[], central: boolean, rows: Row[], by: string }} Grid columns are provinces; the central one stands before them */

/** What the kinds of leads are compared as. @param {import("./data.js").Model} model @param {number[]} tasks */
function leadsOf(model, tasks) {
  const agents = [...new Set(tasks.flatMap((task) => model.agentsOf(task, 0)))];
  const type = (/** @type {number} */ agent) => { const kind = model.agents.kind[agent]; return kind >= 0 ? model.kinds[kind][2] : fold(model.agents.label[agent]); };
  return { names: [...new Set(agents.map((agent) => kindLabel(model, agent)))].sort((p, q) => inOrder(p, q)), key: [...new Set(agents.map(type))].sort().join("\t") };
}

/** @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {Grid} */
export function sharedGrid(model, selection) {
  const { shared } = model.payload, { docs, tasks } = model, shown = new Set(selection.tasks), narrowed = selection.tasks.length < model.taskCount;
  const only = STATE.province ? model.provinces.indexOf(STATE.province) : -1, doc = STATE.doc ? docs.iri.indexOf(STATE.doc) : -1;
  const counts = (/** @type {number} */ task) => model.inForce(tasks.doc[task]) && docs.province[tasks.doc[task]] >= 0;
  /** What the plans of a province carry out: where they carry out the same as a row, a blank is a gap. @type {Map<number, Set<number>>} */
  const above = new Map();
  for (let at = 0; at < docs.iri.length; at++) if (model.inForce(at) && docs.province[at] >= 0) for (const [node] of docs.implements[at]) above.set(docs.province[at], (above.get(docs.province[at]) || new Set()).add(node));
  const found = [];
  const totals = new Map();
  for (let row = 0; row < shared.label.length; row++) {
    const held = shared.tasks[row].filter(counts), own = shared.own[row];
    const family = new Set(own >= 0 ? [model.docFrom + shared.doc[row]] : held.flatMap((/** @type {number} */ task) => docs.implements[tasks.doc[task]].map((/** @type {number[]} */ one) => one[0])));
    if (own < 0 && new Set(held.map((/** @type {number} */ task) => docs.province[tasks.doc[task]])).size < 2) continue;
    if (narrowed && !held.some((/** @type {number} */ task) => shown.has(task)) && !(own >= 0 && shown.has(own)) && (held.length || only < 0)) continue;
    for (const task of held) totals.set(docs.province[tasks.doc[task]], (totals.get(docs.province[tasks.doc[task]]) || 0) + 1);
    if (shared.asked[row]) for (const [province, set] of above) if ([...family].some((node) => set.has(node))) totals.set(province, totals.get(province) || 0);
    found.push({ row, held, family: shared.asked[row] ? family : new Set(), own });
  }
  const columns = [...totals].filter(([province]) => (only < 0 || province === only) && (doc < 0 || docs.province[doc] < 0 || province === docs.province[doc])).sort((p, q) => q[1] - p[1] || inOrder(model.provinces[p[0]], model.provinces[q[0]])).map((one) => one[0]);
  const central = found.some((one) => one.own >= 0);
  const rows = found.map(({ row, held, family, own }) => {
    const all = new Map([...totals.keys()].map((province) => [province, leadsOf(model, held.filter((/** @type {number} */ task) => docs.province[tasks.doc[task]] === province))]));
    const sets = [...all.values()].map((one) => one.key).filter(Boolean), times = new Map();
    for (const key of sets) times.set(key, (times.get(key) || 0) + 1);
    const top = [...times].sort((p, q) => q[1] - p[1]), most = top.length && top[0][1] > 1 && (top.length < 2 || top[0][1] > top[1][1]) ? top[0][0] : null;
    const cells = columns.map((province) => {
      const mine = held.filter((/** @type {number} */ task) => docs.province[tasks.doc[task]] === province), { names, key } = all.get(province) || { names: [], key: "" };
      if (!mine.length) return { state: [...family].some((node) => (above.get(province) || new Set()).has(node)) ? "gap" : "outside", leads: [], tasks: [] };
      return { state: !key ? "none" : sets.length < 2 ? "alone" : key === most ? "same" : "differs", leads: names, tasks: mine };
    });
    return { label: shared.label[row], own, cells: /** @type {Cell[]} */ (cells) };
  });
  return { columns, central, rows, by: say(shared.by[0], shared.by[1]) };
}

/** @param {Cell["state"]} state @returns {[string, string]} sign and words */
export function stateOf(state) {
  return /** @type {Record<string, [string, string]>} */ ({ same: ["=", say("cùng loại cơ quan", "the same kinds")], differs: ["≠", say("khác loại cơ quan", "other kinds")], alone: ["", say("chỉ tỉnh này có", "this province only")], none: ["?", say("không nêu chủ trì", "no lead named")], gap: ["✕", say("trống: kế hoạch không có việc này", "a gap: the plan has no such task")], outside: ["·", say("ngoài diện: tỉnh không triển khai văn bản này, hoặc việc không giao cho tỉnh", "not asked: the province carries out other decisions, or no province is given this")] })[state];
}

/** Key of a cell in the state. @param {import("./data.js").Model} model @param {Row} row @param {number} province */
function keyOf(model, row, province) { return "shared|" + (province < 0 ? "" : model.provinces[province]) + "|" + row.label; }

/** @param {import("./data.js").Model} model @param {Grid} grid @returns {import("./behind.js").Lists} */
export function sharedLists(model, grid) {
  /** @type {import("./behind.js").Lists} */
  const lists = new Map();
  for (const row of grid.rows) {
    if (row.own >= 0) lists.set(keyOf(model, row, -1), { title: say("Trung ương: ", "Central: ") + shorten(row.label, 160), units: [row.own] });
    grid.columns.forEach((province, at) => { if (row.cells[at].tasks.length) lists.set(keyOf(model, row, province), { title: model.provinces[province] + ": " + shorten(row.label, 160), units: row.cells[at].tasks, note: stateOf(row.cells[at].state)[1] }); });
  }
  return lists;
}

/** @param {import("./data.js").Model} model @param {Grid} grid @returns {{ picture: HTMLElement, note: string }} */
export function drawShared(model, grid) {
  const rows = grid.rows.slice(0, MOST_ROWS), columns = grid.columns.slice(0, MOST_COLUMNS), corner = say("Nhiệm vụ chung × tỉnh", "Shared task × province");
  if (!rows.length) return { picture: element("p", { class: "note" }, say("Không có nhiệm vụ nào mà hai tỉnh cùng có trong phần đang xem.", "No task that two provinces share in what is shown.")), note: "" };
  const cell = (/** @type {Row} */ row, /** @type {number} */ province, /** @type {Cell} */ one) => {
    const [sign, words] = stateOf(one.state), place = model.provinces[province];
    if (!one.tasks.length) return element("td", { class: one.state }, element("span", { "aria-hidden": "true" }, sign), element("span", { class: "unseen" }, words));
    const told = one.leads.join("; ") || words, { class: _, tabindex: __, onkeydown: ___, ...open } = opener(keyOf(model, row, province));
    return element("td", { class: one.state }, element("button", { type: "button", ...open, "aria-label": place + ", " + shorten(row.label, 80) + ": " + told + " (" + words + ")" }, element("b", { "aria-hidden": "true" }, sign ? sign + " " : ""), shorten(told, 90)));
  };
  const national = (/** @type {Row} */ row) => {
    if (row.own < 0) return element("td", { class: "outside" });
    const names = leadsOf(model, [row.own]).names.join("; ") || say("không nêu chủ trì", "no lead named"), { class: _, tabindex: __, onkeydown: ___, ...open } = opener(keyOf(model, row, -1));
    return element("td", { class: "alone" }, element("button", { type: "button", ...open }, shorten(names, 90)));
  };
  const table = element("table", { class: "heat shared", style: "--columns:" + (columns.length + Number(grid.central)) },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, corner), grid.central ? element("th", { scope: "col" }, say("Trung ương giao", "Central asks")) : null, ...columns.map((province) => element("th", { scope: "col" }, model.provinces[province])))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, element("th", { scope: "row", title: row.label }, shorten(row.label, 110)), grid.central ? national(row) : null, ...columns.map((province, at) => cell(row, province, row.cells[at]))))));
  const key = element("ul", { class: "legend" }, .../** @type {Cell["state"][]} */ (["same", "differs", "alone", "none", "gap", "outside"]).filter((state) => grid.rows.some((row) => row.cells.some((one) => one.state === state))).map((state) => element("li", {}, element("span", { class: "swatch " + state, "aria-hidden": "true" }, stateOf(state)[0]), stateOf(state)[1])));
  const cut = grid.rows.length > MOST_ROWS || grid.columns.length > MOST_COLUMNS;
  return { picture: element("div", {}, key, element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": corner }, table)), note: say("Mỗi ô: loại cơ quan chủ trì. ", "Each cell: the kinds of leads. ") + say("Nhiệm vụ chung tìm theo: ", "Shared tasks are found by: ") + grid.by + "." + (cut ? " " + say("Hình chỉ vẽ một phần; bảng bên dưới có đủ.", "Drawn in part; the table below has all.") : "") };
}

/** @param {import("./data.js").Model} model @param {Grid} grid @param {(key: string) => void} open @returns {import("./table.js").Listing} */
export function sharedListing(model, grid, open) {
  const rows = grid.rows.flatMap((row) => grid.columns.map((province, at) => ({ row, province, cell: row.cells[at] })));
  return { name: "nhiem-vu-chung", rows, columns: [
    { vi: "Nhiệm vụ chung", en: "Shared task", value: (one) => one.row.label }, { vi: "Tỉnh", en: "Province", value: (one) => model.provinces[one.province] },
    { vi: "Loại cơ quan chủ trì", en: "Kinds of leads", value: (one) => one.cell.leads.join("; "), open: (one) => open(keyOf(model, one.row, one.province)) },
    { vi: "So với tỉnh khác", en: "Beside other provinces", value: (one) => stateOf(one.cell.state)[1] }, { vi: "Số nhiệm vụ", en: "Tasks", number: true, value: (one) => one.cell.tasks.length, open: (one) => { if (one.cell.tasks.length) open(keyOf(model, one.row, one.province)); } },
    ...(grid.central ? [{ vi: "Trung ương giao", en: "Central asks", value: (/** @type {any} */ one) => (one.row.own < 0 ? "" : leadsOf(model, [one.row.own]).names.join("; ")) }] : [])] };
}

/** The grid as SVG, for taking away. @param {import("./data.js").Model} model @param {Grid} grid */
export function sharedSvg(model, grid) {
  const rows = grid.rows.slice(0, MOST_ROWS), columns = grid.columns.slice(0, MOST_COLUMNS), left = 420, step = 176, high = 40, top = 36;
  const style = getComputedStyle(document.documentElement), colour = (/** @type {string} */ name) => style.getPropertyValue("--" + name).trim();
  const escape = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[sign] || ""));
  const lines = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ letters) => {
    const words = text.split(" "), out = [""];
    for (const word of words) { if ((out[out.length - 1] + " " + word).length > letters && out.length < 2) out.push(word); else out[out.length - 1] = (out[out.length - 1] + " " + word).trim(); }
    return out.map((line, at) => `<text x="${x}" y="${y + at * 14}" font-size="11.5">${escape(line.length > letters ? line.slice(0, letters - 1) + "…" : line)}</text>`).join("");
  };
  const fills = { same: colour("doc"), differs: colour("agency"), alone: colour("soft"), none: colour("soft"), gap: colour("m-finding"), outside: "none" };
  const parts = columns.map((province, at) => `<text x="${left + at * step + 6}" y="24" font-size="12.5" font-weight="700">${escape(model.provinces[province])}</text>`);
  rows.forEach((row, y) => {
    parts.push(lines(row.label, 6, top + y * high + 16, 66));
    row.cells.slice(0, columns.length).forEach((cell, x) => parts.push(`<rect x="${left + x * step}" y="${top + y * high}" width="${step - 3}" height="${high - 3}" fill="${fills[cell.state]}" fill-opacity="${cell.state === "gap" ? 0.7 : 0.22}"/>` + lines((stateOf(cell.state)[0] + " " + cell.leads.join("; ")).trim(), left + x * step + 6, top + y * high + 16, 27)));
  });
  const wide = left + columns.length * step + 10, tall = top + rows.length * high + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}" viewBox="0 0 ${wide} ${tall}" font-family="Noto Sans, Segoe UI, Arial, sans-serif" fill="${colour("ink")}"><rect width="${wide}" height="${tall}" fill="${colour("ground")}"/>${parts.join("")}</svg>`;
}
