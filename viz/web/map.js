// Provinces as tiles in their rough places: shaded by how much, or how clearly, their plans assign.
import { STATE, change } from "./state.js";
import { element, figure, inOrder, say, shape } from "./text.js";

const WIDE = 150, HIGH = 34, MORE = 30;
const SHADES = 5;

/** @type {[string, string, string][]} measure, words */
const MEASURES = [["tasks", "Nhiệm vụ", "Tasks"], ["duties", "Việc trong lời văn", "Duties in prose"], ["clear", "Nhiệm vụ có đúng một chủ trì đích danh (%)", "Tasks with one named lead (%)"]];

/**
 * @typedef {object} Row
 * @property {number} tile
 * @property {string[]} provinces as the plans are of now
 * @property {number} plans
 * @property {number} tasks
 * @property {number} duties
 * @property {number | null} clear per cent of the tasks
 */

/** What stands on each tile; provinces without a plan have none. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {Row[]} */
export function mapRows(model, selection) {
  const { tiles } = model.payload;
  /** @type {Map<number, { provinces: Set<string>, plans: Set<number>, tasks: number[], duties: number }>} */
  const found = new Map();
  for (const unit of [...selection.tasks, ...selection.duties]) {
    const doc = model.docOf(unit), province = model.docs.province[doc], tile = province < 0 ? -1 : tiles.of[province];
    if (tile < 0) continue;
    const held = found.get(tile) || { provinces: new Set(), plans: new Set(), tasks: [], duties: 0 };
    found.set(tile, held);
    held.provinces.add(model.provinces[province]); held.plans.add(doc);
    if (unit < model.taskCount) held.tasks.push(unit); else held.duties += 1;
  }
  return [...found].sort((p, q) => p[0] - q[0]).map(([tile, { provinces, plans, tasks, duties }]) => ({ tile, provinces: [...provinces].sort((p, q) => inOrder(p, q)), plans: plans.size, tasks: tasks.length, duties,
    clear: tasks.length ? Math.round(100 * tasks.filter((task) => isClear(model, task)).length / tasks.length) : null }));
}

/** @param {import("./data.js").Model} model @param {number} task */
function isClear(model, task) {
  const leads = model.agentsOf(task, 0);
  return leads.length === 1 && model.agents.form[leads[0]] === 0;
}

/** @param {number} value @param {number} most */
function opacity(value, most) { return (0.1 + 0.5 * value / most).toFixed(2); }

/** @param {Row} row @returns {number | null} */
function measured(row) { return STATE.measure === "duties" ? row.duties : STATE.measure === "clear" ? row.clear : row.tasks; }

/** @param {import("./data.js").Model} model @param {Row[]} rows */
export function drawMap(model, rows) {
  const { tiles } = model.payload, by = new Map(rows.map((row) => [row.tile, row])), most = STATE.measure === "clear" ? 100 : Math.max(1, ...rows.map((row) => measured(row) || 0));
  const wide = (Math.max(...tiles.column) + 1) * WIDE + MORE + 8, high = (Math.max(...tiles.row) + 1) * HIGH + 8, words = MEASURES.find(([name]) => name === (STATE.measure || "tasks")) || MEASURES[0];
  const picture = shape("svg", { viewBox: `0 0 ${wide} ${high}`, class: "chart map", role: "list", "aria-label": say("Bản đồ ô các tỉnh, thành phố: ", "Tile map of the provinces: ") + say(words[1], words[2]) });
  tiles.label.forEach((/** @type {string} */ label, /** @type {number} */ tile) => {
    const row = by.get(tiles.home[tile]), value = row ? measured(row) : null, own = tiles.home[tile] === tile, x = 4 + tiles.column[tile] * WIDE, y = 4 + tiles.row[tile] * HIGH;
    const written = row && row.provinces.some((name) => name !== tiles.label[tiles.home[tile]]) ? " (" + row.provinces.join(", ") + ")" : "", told = label + written + ": " + (value === null ? say("không có trong phần đang xem", "nothing in what is shown") : figure(value) + " – " + say(words[1], words[2]));
    const open = row && own ? () => change({ view: "tasks", province: row.provinces.length === 1 ? row.provinces[0] : "" }) : null;
    const across = (own ? WIDE : WIDE + MORE) - 6;
    picture.append(shape("g", { role: "listitem", "aria-label": told, tabindex: row && own ? "0" : null, class: open ? "go" : null, onclick: open, onkeydown: open && ((/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") open(); }) }, shape("title", {}, told),
      shape("rect", { x, y, width: across, height: HIGH - 5, rx: 5, fill: "var(--ground)", stroke: "var(--line)", "stroke-dasharray": own ? null : "4 3" }),
      value === null ? null : shape("rect", { x, y, width: across, height: HIGH - 5, rx: 5, fill: "var(--doc)", "fill-opacity": opacity(value, most) }),
      shape("text", { x: x + 9, y: y + 20, "font-size": 14, fill: "var(--ink)" }, label),
      value === null || !own ? null : shape("text", { x: x + across - 9, y: y + 20, "text-anchor": "end", "font-size": 14.5, "font-weight": 700, fill: "var(--ink)" }, figure(value) + (STATE.measure === "clear" ? " %" : ""))));
  });
  const chooser = element("select", { id: "map-measure", onchange: () => change({ measure: chooser.value }) }, ...MEASURES.map(([name, vi, en]) => element("option", { value: name === "tasks" ? "" : name, selected: name === (STATE.measure || "tasks") }, say(vi, en))));
  const central = model.docs.province.filter((/** @type {number} */ province, /** @type {number} */ doc) => model.inForce(doc) && (province < 0 || tiles.of[province] < 0)).length;
  const ends = Array.from({ length: SHADES }, (_, at) => Math.round(most * at / (SHADES - 1))).filter((value, at, all) => !at || value > all[at - 1]);
  const ramp = element("ul", { class: "ramp", "aria-label": say("Thang màu", "Scale of shades") }, ...ends.map((value) => element("li", {}, element("span", { "aria-hidden": "true", style: "background: color-mix(in srgb, var(--doc) " + Math.round(100 * Number(opacity(value, most))) + "%, var(--ground))" }), element("span", {}, figure(value) + (STATE.measure === "clear" ? " %" : "")))), element("li", {}, element("span", { "aria-hidden": "true" }), element("span", {}, say("không có kế hoạch", "no plan"))));
  const about = element("p", { class: "note" }, say("34 tỉnh, thành phố từ 01/7/2025, xếp ô theo vị trí gần đúng, không theo diện tích; văn bản viết tỉnh cũ thì nằm ở ô của tỉnh kế thừa. Ô nét đứt: quần đảo Hoàng Sa (Đà Nẵng), Trường Sa (Khánh Hòa). Ô trống: không có kế hoạch trong phần đang xem.", "The 34 provinces since 1 July 2025 as tiles in their rough places, not by area; a plan of a former province stands on its heir's tile. Dashed: the archipelagos Hoàng Sa (Đà Nẵng) and Trường Sa (Khánh Hòa). Blank: no plan in what is shown.")
      + (central ? " " + say(`${figure(central)} văn bản không thuộc tỉnh nào: không có trên bản đồ.`, `${figure(central)} documents are of no province and are not on the map.`) : ""));
  const side = element("div", { class: "map-side" }, element("label", {}, say("Tô theo", "Shade by"), chooser), ramp, about);
  return { picture, box: element("div", { class: "map-box" }, element("div", { class: "map-scroll" }, picture), side), note: say("Bấm một tỉnh để xem danh sách nhiệm vụ. Đậm hơn: nhiều hơn.", "Choose a province for its list of tasks. Darker: more.") };
}

/** @param {import("./data.js").Model} model @param {Row[]} rows @returns {import("./table.js").Listing} */
export function mapListing(model, rows) {
  return { name: "ban-do", rows, columns: [
    { vi: "Tỉnh, thành phố (34)", en: "Province (34)", value: (row) => model.payload.tiles.label[row.tile] }, { vi: "Tỉnh của văn bản", en: "Province of the plans", value: (row) => row.provinces.join("; "), open: (row) => change({ view: "tasks", province: row.provinces.length === 1 ? row.provinces[0] : "" }) },
    { vi: "Kế hoạch", en: "Plans", number: true, value: (row) => row.plans }, { vi: "Nhiệm vụ", en: "Tasks", number: true, value: (row) => row.tasks, open: (row) => change({ view: "tasks", province: row.provinces.length === 1 ? row.provinces[0] : "" }) }, { vi: "Việc trong lời văn", en: "Duties in prose", number: true, value: (row) => row.duties },
    { vi: "Đúng một chủ trì đích danh (%)", en: "One named lead (%)", number: true, value: (row) => row.clear }] };
}
