// Flows: from national documents to those who lead, as a Sankey diagram; also from a body to its heirs.
import { openCell, opener } from "./behind.js";
import { noGroup, taskGroups } from "./groups.js";
import { kindLabel } from "./matrix.js";
import { STATE, change } from "./state.js";
import { element, figure, inOrder, say, shape, shorten } from "./text.js";

/** Names in each column of a flow: what a screen holds; what is over is told by where it comes from. */
const MOST_NAMES = [12, 10, 14, 12];
const LINE = 16;
/** Times that the columns are put in order anew. */
const ROUNDS = 24;
/** Height of the line of headings above a picture. */
const HEADING = 26;
/** Of a ribbon: as attributes, for a picture that is taken away has no style sheet. */
export const RIBBON = { fill: "none", stroke: "var(--doc)", "stroke-opacity": 0.3 };

/**
 * Decision → group of tasks, or province → kind of lead → sector, one task one unit, shared among its leads and decisions. Each column has its
 * largest names; the rest of groups are one for each document, those of leads one for each level that charges them.
 * @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection
 */
export function flows(model, selection) {
  const steps = /** @type {Map<string, Flow>[]} */ ([new Map(), new Map(), new Map()]), groups = STATE.flow ? new Map() : taskGroups(model, selection.tasks);
  /** What comes to each name of a column, by where it comes from. @type {Map<string, Map<string, number>>[]} */
  const columns = [new Map(), new Map(), new Map(), new Map()];
  const nameless = [say("không nêu văn bản", "none named"), noGroup(), say("không nêu chủ trì", "no lead named"), ""];
  const count = (/** @type {number} */ column, /** @type {string} */ name, /** @type {string} */ home, /** @type {number} */ value) => {
    const held = columns[column].get(name) || new Map();
    columns[column].set(name, held.set(home, (held.get(home) || 0) + value));
  };
  for (const task of selection.tasks) {
    const doc = model.tasks.doc[task], leads = model.partsOf(task, 0), national = model.docs.province[doc] < 0;
    // A national document that was read carries its own tasks, whatever it carries out itself.
    const above = national ? [model.docs.label[doc]] : model.docs.implements[doc].map((/** @type {number[]} */ one) => model.label(one[0])), tops = above.length ? above : [nameless[0]];
    const middle = STATE.flow ? model.provinceName(model.docs.province[doc]) || say("Trung ương", "Central") : groups.get(task) || nameless[1];
    const names = leads.size ? Array.from(leads, ([agent, part]) => /** @type {[string, number]} */ ([kindLabel(model, agent), part.fraction])) : [/** @type {[string, number]} */ ([nameless[2], 1])];
    const sectors = model.tasks.sectors[task].map((/** @type {number} */ one) => model.sectors.name[one]);
    for (const top of tops) { add(steps[0], top, middle, 1 / tops.length, [task]); count(0, top, "", 1 / tops.length); count(1, middle, top, 1 / tops.length); }
    for (const [name, part] of names) { add(steps[1], middle, name, part, [task]); count(2, name, national ? say("trung ương giao", "national") : say("tỉnh giao", "provinces"), part); }
    for (const [name, part] of names) for (const sector of sectors) { add(steps[2], name, sector, part / sectors.length, [task]); count(3, sector, "", part / sectors.length); }
  }
  const rests = [["văn bản khác", "other documents"], ["nhóm khác", "other groups"], ["loại khác", "other kinds"], ["lĩnh vực khác", "other sectors"]];
  const short = /** @type {Map<string, string>[]} */ ([]);
  columns.forEach((column, at) => {
    const words = (/** @type {number} */ number, /** @type {string} */ home) => figure(number) + " " + say(rests[at][0], rests[at][1]) + (home ? " – " + home : "");
    short.push(foldRest(column, STATE.flow && at === 1 ? Infinity : MOST_NAMES[at], nameless[at], (home) => (at === 1 && short[0].get(home)) || home, words));
  });
  return steps.map((step, at) => {
    const folded = /** @type {Map<string, Flow>} */ (new Map());
    for (const { from, to, value, units } of step.values()) add(folded, short[at].get(from) || from, short[at + 1].get(to) || to, value, units);
    return [...folded.values()].sort((p, q) => q.value - p.value || inOrder(p.from, q.from) || inOrder(p.to, q.to));
  });
}

/**
 * What stands for each name of a column that has no place of its own: the rest of those that mostly come from the same home.
 * @param {Map<string, Map<string, number>>} column value by home of each name
 * @param {number} most names that have a place
 * @param {string} always the name that keeps its place
 * @param {(home: string) => string} homeName
 * @param {(number: number, home: string) => string} words
 * @returns {Map<string, string>}
 */
function foldRest(column, most, always, homeName, words) {
  const total = (/** @type {Map<string, number>} */ homes) => [...homes.values()].reduce((sum, one) => sum + one, 0);
  const left = [...column].filter(([name]) => name !== always).sort((p, q) => total(q[1]) - total(p[1]) || inOrder(p[0], q[0])).slice(most);
  /** @type {Map<string, string[]>} */
  const rests = new Map();
  for (const [name, homes] of left) {
    const home = homeName([...homes].sort((p, q) => q[1] - p[1] || inOrder(p[0], q[0]))[0][0]), held = rests.get(home);
    if (held) held.push(name); else rests.set(home, [name]);
  }
  // A rest of one has its own name.
  return new Map([...rests].filter(([, names]) => names.length > 1).flatMap(([home, names]) => names.map((name) => /** @type {[string, string]} */ ([name, words(names.length, home)]))));
}

/** What stands between decisions and leads. */
export function flowChooser() {
  const field = element("select", { id: "flow-choice", onchange: () => change({ flow: field.value }) }, ...[["", say("nhóm nhiệm vụ", "group of tasks")], ["province", say("tỉnh", "province")]].map(([value, words]) => element("option", { value, selected: value === STATE.flow }, words)));
  return element("label", { class: "tools" }, say("Ở giữa", "In the middle"), field);
}

/** @typedef {{ from: string, to: string, value: number, units: number[] }} Flow units are the tasks, or for heirs the assignments, behind it */

/** @param {Map<string, Flow>} step @param {string} from @param {string} to @param {number} value @param {number[]} units */
function add(step, from, to, value, units) {
  const key = from + "\t" + to, held = step.get(key);
  if (held) { held.value += value; held.units.push(...units); } else step.set(key, { from, to, value, units: units.slice() });
}

/** @param {{ from: string, to: string }} flow */
function flowKey(flow) { return flow.from + " → " + flow.to; }

/** The tasks behind each flow. @param {Flow[][]} steps @returns {import("./behind.js").Lists} */
export function flowLists(steps) { return new Map(steps.flat().map((flow) => [flowKey(flow), { title: flowKey(flow), units: [...new Set(flow.units)] }])); }

/**
 * The names of each column from top to bottom, so that ribbons cross little: a name stands where the middle of what it is joined to is, by turns of the
 * column to the left and to the right; of all rounds the one with the least crossing. Source: Sugiyama, Tagawa and Toda (1981), barycentres.
 * @param {Flow[][]} steps
 * @returns {string[][]}
 */
export function orderColumns(steps) {
  const sums = Array.from({ length: steps.length + 1 }, () => /** @type {Map<string, { in: number, out: number }>} */ (new Map()));
  const sum = (/** @type {number} */ column, /** @type {string} */ name) => { const held = sums[column].get(name) || { in: 0, out: 0 }; sums[column].set(name, held); return held; };
  steps.forEach((step, at) => step.forEach((flow) => { sum(at, flow.from).out += flow.value; sum(at + 1, flow.to).in += flow.value; }));
  const size = (/** @type {number} */ column, /** @type {string} */ name) => Math.max(sum(column, name).in, sum(column, name).out);
  let now = sums.map((names, column) => [...names.keys()].sort((p, q) => size(column, q) - size(column, p) || inOrder(p, q))), best = now, least = Infinity;
  const settle = (/** @type {number} */ column, /** @type {number} */ beside) => {
    const middles = new Map(), step = steps[Math.min(column, beside)], right = beside < column;
    let y = 0;
    for (const name of now[beside]) { middles.set(name, y + size(beside, name) / 2); y += size(beside, name); }
    const wish = new Map();
    for (const flow of step) { const own = right ? flow.to : flow.from, held = wish.get(own) || [0, 0]; held[0] += flow.value * middles.get(right ? flow.from : flow.to); held[1] += flow.value; wish.set(own, held); }
    const at = (/** @type {string} */ name) => { const held = wish.get(name); return held ? held[0] / held[1] : Infinity; };
    now[column] = now[column].slice().sort((p, q) => at(p) - at(q) || 0);
  };
  for (let round = 0; round < ROUNDS; round++) {
    if (round % 2 === 0) for (let column = 1; column < now.length; column++) settle(column, column - 1);
    else for (let column = now.length - 2; column >= 0; column--) settle(column, column + 1);
    const crossed = steps.reduce((all, step, at) => all + crossing(step, now[at], now[at + 1]), 0);
    if (crossed < least) { least = crossed; best = now.slice(); }
  }
  return best;
}

/** How much two columns' ribbons cross: the products of the values of each two that do. @param {Flow[]} step @param {string[]} left @param {string[]} right */
export function crossing(step, left, right) {
  const from = new Map(left.map((name, at) => [name, at])), to = new Map(right.map((name, at) => [name, at]));
  const ends = step.map((flow) => [from.get(flow.from) || 0, to.get(flow.to) || 0, flow.value]);
  let all = 0;
  for (let at = 0; at < ends.length; at++) for (let other = 0; other < at; other++) if ((ends[at][0] - ends[other][0]) * (ends[at][1] - ends[other][1]) < 0) all += ends[at][2] * ends[other][2];
  return all;
}

/** A Sankey diagram of the steps. @param {ReturnType<typeof flows>} given @param {string} [title] */
export function drawFlows(given, title = say("Dòng từ văn bản trung ương đến cơ quan chủ trì", "Flow from national decisions to lead agencies"), headings = [say("Văn bản trung ương", "National document"), STATE.flow ? say("Tỉnh", "Province") : say("Nhóm nhiệm vụ", "Group of tasks"), say("Loại cơ quan chủ trì", "Kind of lead"), say("Lĩnh vực ưu tiên", "Priority sector")]) {
  const steps = given.filter((step) => step.length), columns = steps.length + 1, wide = 1040, gap = 8, room = [400, 400, 400, 300, 262][columns], letters = Math.floor(room / 7.4);
  /** @type {Map<string, { name: string, column: number, value: number, y: number, h: number, out: number, in: number }>} */
  const nodes = new Map();
  const node = (/** @type {number} */ column, /** @type {string} */ name) => { const key = column + "\t" + name, held = nodes.get(key) || { name, column, value: 0, y: 0, h: 0, out: 0, in: 0 }; nodes.set(key, held); return held; };
  steps.forEach((step, at) => step.forEach((flow) => { node(at, flow.from).out += flow.value; node(at + 1, flow.to).in += flow.value; }));
  for (const one of nodes.values()) { one.value = Math.max(one.out, one.in); one.out = one.in = 0; }
  const order = orderColumns(steps), by = order.map((names, column) => names.map((name) => node(column, name)));
  const longest = Math.max(1, ...by.map((list) => list.length)), high = Math.max(320, longest * 21), most = Math.max(1, ...by.map((list) => list.reduce((sum, one) => sum + one.value, 0)));
  const scale = (high - gap * Math.max(0, longest - 1)) / most;
  let bottom = high + HEADING;
  for (const list of by) {
    // Each node has room for its name, be it ever so thin.
    for (const one of list) one.h = Math.max(1.5, one.value * scale);
    let y = HEADING + Math.max(4, (high - list.reduce((sum, one) => sum + Math.max(one.h + gap, LINE), -gap)) / 2);
    for (const one of list) { one.y = y; y += Math.max(one.h + gap, LINE); }
    bottom = Math.max(bottom, y);
  }
  const picture = shape("svg", { viewBox: `0 0 ${wide} ${Math.ceil(bottom) + 20}`, class: "chart flow", role: "list", "aria-label": title });
  const x = (/** @type {number} */ column) => 10 + column * (wide - room) / Math.max(1, columns - 1);
  for (let column = 0; column < columns; column++) picture.append(shape("text", { x: x(column), y: 15, "font-size": 12.5, "font-weight": 700, fill: "var(--ink)" }, headings[column]));
  steps.forEach((step, at) => {
    const sorted = step.slice().sort((p, q) => node(at, p.from).y - node(at, q.from).y || node(at + 1, p.to).y - node(at + 1, q.to).y);
    for (const flow of sorted) {
      const a = node(at, flow.from), b = node(at + 1, flow.to), h = Math.max(0.8, flow.value * scale), y0 = a.y + a.out + h / 2, y1 = b.y + b.in + h / 2, x0 = x(at) + 12, x1 = x(at + 1), words = flow.from + " → " + flow.to + ": " + figure(flow.value);
      a.out += h; b.in += h;
      picture.append(shape("path", { d: `M${x0} ${y0.toFixed(1)}C${(x0 + x1) / 2} ${y0.toFixed(1)} ${(x0 + x1) / 2} ${y1.toFixed(1)} ${x1} ${y1.toFixed(1)}`, "stroke-width": h.toFixed(1), ...RIBBON, ...opener(flowKey(flow)), class: "flow-path go", role: "listitem", "aria-label": words }, shape("title", {}, words)));
    }
  });
  for (const one of nodes.values()) picture.append(shape("rect", { x: x(one.column), y: one.y.toFixed(1), width: 12, height: one.h.toFixed(1), fill: ["var(--decision)", "var(--doc)", "var(--agency)", "var(--group)"][one.column] }), shape("text", { x: x(one.column) + 16, y: (one.y + one.h / 2 + 4).toFixed(1), "font-size": 12.5, fill: "var(--ink)", stroke: "var(--ground)", "stroke-width": 3, "paint-order": "stroke", class: "halo" }, shorten(one.name, letters) + " " + figure(Math.round(one.value * 100) / 100)));
  return { picture, note: say("Mỗi nhiệm vụ là một đơn vị, chia đều cho các đồng chủ trì và các văn bản được triển khai.", "Each task is one unit, shared among its leads and the decisions that it carries out.")
    + (STATE.flow ? "" : say(" Đề mục có từ ngữ gần giống nhau là một nhóm.", " Headings whose words are alike are one group.")) };
}

/** @param {ReturnType<typeof flows>} steps @returns {import("./table.js").Listing} */
export function flowListing(steps) {
  return { name: "dong", rows: steps.flat(), sort: 2, down: true, columns: [{ vi: "Từ", en: "From", value: (row) => row.from }, { vi: "Đến", en: "To", value: (row) => row.to }, { vi: "Nhiệm vụ (chia)", en: "Tasks (shared)", number: true, value: (row) => Math.round(row.value * 1000) / 1000, open: (row) => openCell(flowKey(row)) }] };
}
