// Load bars, years and the sector tree, as SVG that a screen reader can walk.
import { openCell, opener } from "./behind.js";
import { standalone } from "./export.js";
import { activeIn, isYear } from "./filter.js";
import { STATE, change } from "./state.js";
import { element, figure, inOrder, say, shape, shorten } from "./text.js";

const MOST_BARS = 40;
/** Height of the line of signs above a picture. */
const HEADING = 26;

/**
 * Load of each agent: shared among co-leads; its least and most, where a group that it may belong to leads.
 * @typedef {object} Load
 * @property {number} agent
 * @property {number} full tasks led, each counted whole
 * @property {number} possible those of them of which it is only one of several heirs
 * @property {number} shared tasks led, shared among the leads
 * @property {number} partner tasks in which it is a partner
 * @property {number} duties
 */

/** @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {Load[]} */
export function loads(model, selection) {
  const { links } = model;
  /** @type {Map<number, Load & { led: Set<number>, helped: Set<number>, told: Set<number> }>} */
  const found = new Map();
  for (const link of selection.links) {
    const agent = links.agent[link], unit = links.of[link];
    const one = found.get(agent) || { agent, full: 0, possible: 0, shared: 0, partner: 0, duties: 0, led: new Set(), helped: new Set(), told: new Set() };
    found.set(agent, one);
    if (unit >= model.taskCount) one.told.add(unit); else if (links.role[link] === 0) one.led.add(unit); else if (links.role[link] === 1) one.helped.add(unit);
  }
  for (const one of found.values()) {
    one.full = one.led.size; one.partner = one.helped.size; one.duties = one.told.size;
    for (const unit of one.led) {
      const part = /** @type {import("./data.js").Part} */ (model.partsOf(unit, 0).get(one.agent));
      one.shared += part.fraction; one.possible += Number(part.possible);
    }
  }
  return [...found.values()].sort((p, q) => Number(model.agents.form[p.agent] === 2) - Number(model.agents.form[q.agent] === 2) || q.shared - p.shared || q.full - p.full || p.agent - q.agent);
}

/** @param {import("./data.js").Model} model @param {Load[]} rows */
export function drawLoads(model, rows) {
  const ranked = rows.filter((row) => model.agents.form[row.agent] !== 2 && row.full > 0).slice(0, MOST_BARS);
  const left = 330, wide = 1080, high = 24, most = Math.max(1, ...ranked.map((row) => row.full)), scale = (wide - left - 110) / most;
  const picture = shape("svg", { viewBox: `0 0 ${wide} ${ranked.length * high + HEADING + 10}`, class: "chart", role: "list", "aria-label": say("Số nhiệm vụ chủ trì của từng cơ quan", "Tasks led by each agency") });
  if (ranked.length) picture.append(...signs(left, [["var(--agency)", 1, say("chia đều cho các đồng chủ trì", "shared among co-leads")], ["var(--agency)", 0.28, say("tính đủ cho mỗi cơ quan", "counted in full for each")], ["var(--group)", 1, say("nhóm cơ quan", "group of agencies")]]));
  ranked.forEach((row, at) => {
    const y = HEADING + at * high + 4, name = STATE.province ? model.agents.label[row.agent] : model.agentName(row.agent);
    const words = name + ": " + say("chia cho đồng chủ trì ", "shared ") + figure(row.shared) + say(", tính đủ ", ", in full ") + figure(row.full);
    picture.append(shape("g", { role: "listitem", "aria-label": words, tabindex: "0", class: "go", onclick: () => change({ node: model.agents.iri[row.agent] }), onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") change({ node: model.agents.iri[row.agent] }); } },
      shape("title", {}, words),
      shape("text", { x: left - 8, y: y + 15, "text-anchor": "end", "font-size": 13, fill: "var(--ink)" }, STATE.province ? shorten(name, 46) : model.shortName(row.agent, 46)),
      shape("rect", { x: left, y: y + 3, width: Math.max(1, row.full * scale), height: 14, fill: "var(--agency)", "fill-opacity": 0.28 }),
      shape("rect", { x: left, y: y + 3, width: Math.max(1, row.shared * scale), height: 14, fill: model.agents.form[row.agent] ? "var(--group)" : "var(--agency)" }),
      shape("text", { x: left + row.full * scale + 6, y: y + 15, "font-size": 12, fill: "var(--ink)" }, figure(row.shared) + (row.shared === row.full ? "" : " – " + figure(row.full)))));
  });
  const all = rows.filter((row) => model.agents.form[row.agent] !== 2 && row.full > 0).length;
  return { picture, note: [all > MOST_BARS ? say(`Vẽ ${MOST_BARS} trong ${all} cơ quan; bảng có đủ.`, `${MOST_BARS} of ${all} agencies are drawn; the table has all.`) : "", say("Số việc được giao, không phải mức quá tải: không có số biên chế thì không kết luận được ai quá tải.", "Work assigned, not overload: without staff figures nobody can be called overloaded.")].filter(Boolean).join(" ") };
}

/** What the colours of bars stand for, in a line above them. @param {number} left @param {[string, number, string][]} items colour, opacity, words */
function signs(left, items) {
  let x = left;
  return items.flatMap(([fill, opacity, words]) => { const at = x; x += 34 + words.length * 6.6; return [shape("rect", { x: at, y: 4, width: 16, height: 12, fill, "fill-opacity": opacity }), shape("text", { x: at + 22, y: 15, "font-size": 12, fill: "var(--soft)" }, words)]; });
}

/** @param {import("./data.js").Model} model @param {Load[]} rows @returns {import("./table.js").Listing} */
export function loadListing(model, rows) {
  const open = (/** @type {Load} */ row) => change({ node: model.agents.iri[row.agent] });
  const forms = [say("cơ quan", "agency"), say("nhóm", "group"), say("nhóm mở", "open-ended")];
  return { name: "khoi-luong", rows, columns: [
    { vi: "Cơ quan", en: "Agency", value: (row) => model.agents.label[row.agent], open },
    { vi: "Tỉnh", en: "Province", value: (row) => model.provinceName(model.agents.province[row.agent]) },
    { vi: "Loại", en: "Form", value: (row) => forms[model.agents.form[row.agent]] },
    { vi: "Chủ trì (tính đủ)", en: "Leads (full)", number: true, value: (row) => row.full, open },
    ...(model.view.day || model.oneOf.size ? [{ vi: "trong đó chỉ là có thể", en: "of which only possible", number: true, value: (/** @type {Load} */ row) => row.possible }] : []),
    { vi: "Chủ trì (chia)", en: "Leads (shared)", number: true, value: (row) => Math.round(row.shared * 1000) / 1000, open },
    { vi: "Phối hợp", en: "Partner in", number: true, value: (row) => row.partner, open },
    { vi: "Việc trong lời văn", en: "Duties in prose", number: true, value: (row) => row.duties, open }] };
}

/** Tasks in force by year; a task whose end is open counts to the last year. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection */
export function years(model, selection) {
  const ends = [];
  for (const task of selection.tasks) for (const year of [model.tasks.first[task], model.tasks.last[task]]) if (isYear(year)) ends.push(year);
  if (!ends.length) return { rows: [], undated: selection.tasks, begun: [], open: [] };
  const first = Math.max(1990, ends.reduce((p, q) => Math.min(p, q))), last = Math.min(first + 40, ends.reduce((p, q) => Math.max(p, q)));
  const rows = [];
  for (let year = first; year <= last; year++) {
    const active = selection.tasks.filter((task) => activeIn(model, task, year)), due = active.filter((task) => model.tasks.due[task] === year);
    const named = new Map();
    for (const task of active) for (const agent of model.agentsOf(task, 0)) if (model.agents.form[agent] === 0) named.set(agent, (named.get(agent) || 0) + 1);
    const top = [...named].sort((p, q) => q[1] - p[1] || p[0] - q[0])[0];
    rows.push({ year, active: active.length, due: due.length, dueTasks: due, activeTasks: active, top: top ? top[0] : -1, topCount: top ? top[1] : 0 });
  }
  return { rows, undated: selection.tasks.filter((task) => model.tasks.first[task] === null), begun: selection.tasks.filter((task) => model.tasks.from[task] === null && model.tasks.to[task] !== null && model.tasks.first[task] > 0), open: selection.tasks.filter((task) => model.tasks.first[task] !== null && model.tasks.due[task] === null) };
}

/** @param {import("./data.js").Model} model @param {ReturnType<typeof years>} found */
export function drawYears(model, found) {
  const { rows } = found, most = Math.max(1, ...rows.map((row) => row.active)), wide = 1080, high = 400, base = high - 24, step = (wide - 60) / Math.max(1, rows.length);
  const picture = shape("svg", { viewBox: `0 0 ${wide} ${high}`, class: "chart", role: "list", "aria-label": say("Nhiệm vụ đang thực hiện theo năm", "Tasks running by year") });
  const peak = rows.find((row) => row.active === most);
  rows.forEach((row, at) => {
    const x = 40 + at * step, tall = (base - 56) * row.active / most, due = (base - 56) * row.due / most, words = row.year + ": " + figure(row.active) + say(" nhiệm vụ đang trong thời gian thực hiện, ", " tasks running, ") + figure(row.due) + say(" đến hạn", " due");
    picture.append(shape("g", { role: "listitem", "aria-label": words, tabindex: "0", class: "go", onclick: () => change({ view: "tasks", year: String(row.year) }), onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") change({ view: "tasks", year: String(row.year) }); } },
      shape("title", {}, words),
      shape("rect", { x: x + step * 0.12, y: base - tall, width: step * 0.76, height: Math.max(tall, 0.5), fill: row === peak ? "var(--agency)" : "var(--doc)", "fill-opacity": 0.55 }),
      row.due ? shape("rect", { x: x + step * 0.12, y: base - due, width: step * 0.76, height: due, fill: row === peak ? "var(--agency)" : "var(--doc)", onclick: (/** @type {Event} */ event) => { event.stopPropagation(); openCell("due|" + row.year); } }, shape("title", {}, row.year + ": " + figure(row.due) + say(" đến hạn", " due"))) : null,
      shape("text", { x: x + step / 2, y: base - tall - 5, "text-anchor": "middle", "font-size": 12, fill: "var(--ink)" }, figure(row.active)),
      shape("text", { x: x + step / 2, y: base + 17, "text-anchor": "middle", "font-size": 12, fill: "var(--ink)" }, row.year)));
  });
  if (rows.length) picture.append(...signs(40, [["var(--doc)", 0.55, say("đang trong thời gian thực hiện", "running in the year")], ["var(--doc)", 1, say("đến hạn trong năm", "due in the year")], ["var(--agency)", 0.55, say("năm cao nhất", "the peak")]]));
  const begun = found.begun.length ? " " + say(`${figure(found.begun.length)} nhiệm vụ chỉ nêu năm kết thúc: tính từ năm đầu của kế hoạch, không nêu thì từ năm ban hành.`, `${figure(found.begun.length)} tasks name their last year only: they count from the first year of their plan, or from the year it was issued.`) : "",
    open = found.open.length ? " " + say(`${figure(found.open.length)} nhiệm vụ không nêu năm kết thúc: tính đến năm cuối của kế hoạch, không nêu thì đến năm cuối trong hình.`, `${figure(found.open.length)} tasks name no last year: they count to the last year of their plan, or of the picture.`) : "";
  return { picture, note: (found.undated.length ? say(`${figure(found.undated.length)} nhiệm vụ không nêu năm, không có trong hình; chúng vẫn có trong bảng Nhiệm vụ.`, `${figure(found.undated.length)} tasks name no year and are not in the picture; the tasks table has them.`) : "") + begun + open };
}

/** The tasks behind each year. @param {ReturnType<typeof years>} found @returns {import("./behind.js").Lists} */
export function yearLists(found) {
  return new Map(found.rows.flatMap((row) => /** @type {[string, import("./behind.js").Behind][]} */ ([["active|" + row.year, { title: row.year + ": " + say("đang trong thời gian thực hiện", "running"), units: row.activeTasks }], ["due|" + row.year, { title: row.year + ": " + say("đến hạn trong năm", "due in the year"), units: row.dueTasks }]])));
}

/** @param {import("./data.js").Model} model @param {ReturnType<typeof years>} found @returns {import("./table.js").Listing} */
export function yearListing(model, found) {
  return { name: "theo-nam", rows: found.rows, columns: [
    { vi: "Năm", en: "Year", value: (row) => String(row.year), open: (row) => change({ view: "tasks", year: String(row.year) }) },
    { vi: "Đang thực hiện", en: "Running", number: true, value: (row) => row.active, open: (row) => openCell("active|" + row.year) }, { vi: "Đến hạn", en: "Due", number: true, value: (row) => row.due, open: (row) => openCell("due|" + row.year) },
    { vi: "Cơ quan chủ trì nhiều nhất", en: "Leads most", value: (row) => (row.top < 0 ? "" : model.agentName(row.top)) }, { vi: "Số nhiệm vụ của cơ quan đó", en: "Its tasks", number: true, value: (row) => row.topCount }] };
}

/** The priority sectors of each plan with the tasks that name them. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection */
export function sectorRows(model, selection) {
  const named = new Map();
  for (const task of selection.tasks) for (const sector of model.tasks.sectors[task]) named.set(sector, [...(named.get(sector) || []), task]);
  const province = STATE.province ? model.provinces.indexOf(STATE.province) : -1, doc = STATE.doc ? model.docs.iri.indexOf(STATE.doc) : -1, rows = [];
  for (let sector = 0; sector < model.sectors.iri.length; sector++) {
    const home = model.sectors.doc[sector];
    if (!model.inForce(home) || (province >= 0 && model.docs.province[home] !== province) || (doc >= 0 && home !== doc)) continue;
    const tasks = named.get(sector) || [];
    rows.push({ sector, tasks, leads: new Set(tasks.flatMap((/** @type {number} */ task) => model.agentsOf(task, 0))) });
  }
  return rows;
}

/** @param {import("./data.js").Model} model @param {ReturnType<typeof sectorRows>} rows */
export function drawSectors(model, rows) {
  const by = new Map(rows.map((row) => [row.sector, row])), children = new Map(), docs = new Map();
  for (const row of rows) {
    const parent = model.sectors.parent[row.sector], home = model.sectors.doc[row.sector];
    if (parent !== null && by.has(parent)) children.set(parent, [...(children.get(parent) || []), row]);
    else docs.set(home, [...(docs.get(home) || []), row]);
  }
  const passage = (/** @type {number} */ sector) => (model.sectors.start[sector] === null ? null : element("button", { type: "button", class: "source link", onclick: () => change({ view: "document", doc: model.docs.iri[model.sectors.doc[sector]], at: model.sectors.start[sector] + "-" + model.sectors.end[sector] }) }, "↗ " + say("trong văn bản", "in the document")));
  const branch = (/** @type {any} */ row) => {
    const own = children.get(row.sector) || [], tasks = row.tasks.length, items = model.sectors.items[row.sector];
    const told = tasks ? " – " + figure(tasks) + say(" nhiệm vụ nêu tên", " tasks name it") : own.length ? "" : say(" – chưa có nhiệm vụ nêu tên", " – no task names it");
    const line = [element("span", { class: "dot " + (tasks ? "has" : "none"), "aria-hidden": "true" }), (model.sectors.code[row.sector] || "") + " " + model.sectors.name[row.sector], element("small", {}, told)];
    const more = [tasks ? element("ul", {}, ...row.tasks.map((/** @type {number} */ task) => element("li", {}, element("button", { type: "button", class: "link", onclick: () => change({ node: model.tasks.iri[task] }) }, shorten(model.unitName(task), 140))))) : null, element("p", { class: "what" }, items ? items + " " : "", passage(row.sector)), own.length ? element("ul", { class: "tree" }, ...own.map(branch)) : null].filter(Boolean);
    return element("li", { class: tasks ? "named" : null }, element("details", { open: own.length > 0 }, element("summary", {}, ...line), ...more));
  };
  // What the view is asked comes first: which sectors have tasks of their own.
  const named = (/** @type {number} */ doc) => {
    const has = rows.filter((row) => model.sectors.doc[row.sector] === doc && row.tasks.length), all = rows.filter((row) => model.sectors.doc[row.sector] === doc).length;
    return element("p", { class: "named-sectors" }, say(`Đã có nhiệm vụ nêu tên: ${figure(has.length)} trong ${figure(all)} lĩnh vực. `, `Named by tasks: ${figure(has.length)} of ${figure(all)} sectors. `),
      ...has.flatMap((row, at) => [at ? " · " : "", element("button", { type: "button", class: "link", onclick: () => openCell(sectorKey(model, row.sector)) }, model.sectors.name[row.sector] + " (" + figure(row.tasks.length) + ")")]));
  };
  const picture = element("div", { class: "sectors" }, ...[...docs].map(([doc, tops]) => element("section", {}, element("h3", {}, [model.provinceName(model.docs.province[doc]), model.docs.label[doc]].filter(Boolean).join(" · ")), named(doc), element("ul", { class: "tree" }, ...tops.map(branch)))));
  if (!rows.length) picture.append(element("p", { class: "note" }, say("Không có phụ lục lĩnh vực ưu tiên nào trong phần đang xem.", "No annex of priority sectors in what is shown.")));
  const bare = rows.filter((row) => !row.tasks.length).length;
  return { picture, note: rows.length ? say(`${figure(bare)} trong ${figure(rows.length)} lĩnh vực chưa có nhiệm vụ nào nêu đích danh (nhiệm vụ dẫn chung cả phụ lục không tính).`, `${figure(bare)} of ${figure(rows.length)} sectors are named by no task (tasks that point at the whole annex do not count).`) : "" };
}

/** The tree as SVG, for taking away. @param {import("./data.js").Model} model @param {ReturnType<typeof sectorRows>} rows */
export function sectorSvg(model, rows) {
  const high = 20, wide = 860, picture = shape("svg", { class: "chart" }), parents = model.sectors.parent;
  let line = 0, home = -1;
  const write = (/** @type {number} */ x, /** @type {string} */ words, /** @type {Record<string, any>} */ more) => picture.append(shape("text", { x, y: line * high - 5, "font-size": 13, fill: "var(--ink)", ...more }, words));
  for (const row of rows) {
    if (model.sectors.doc[row.sector] !== home) {
      home = model.sectors.doc[row.sector];
      line += home === model.sectors.doc[rows[0].sector] ? 1 : 2;
      write(8, [model.provinceName(model.docs.province[home]), model.docs.label[home]].filter(Boolean).join(" · "), { "font-weight": 700 });
    }
    line += 1;
    const x = 18 + (parents[row.sector] === null ? 0 : 22), count = row.tasks.length;
    picture.append(shape("circle", { cx: x, cy: line * high - 9, r: 5, fill: count ? "var(--agency)" : "none", stroke: "var(--agency)", "stroke-width": 2 }));
    write(x + 12, shorten((model.sectors.code[row.sector] || "") + " " + model.sectors.name[row.sector], 90) + " – " + (count ? figure(count) + say(" nhiệm vụ nêu tên", " tasks name it") : say("chưa có nhiệm vụ nêu tên", "no task names it")), {});
  }
  picture.setAttribute("viewBox", `0 0 ${wide} ${(line + 1) * high}`);
  return standalone(picture);
}

/** @param {import("./data.js").Model} model @param {number} sector */
function sectorKey(model, sector) { return model.provinceName(model.docs.province[model.sectors.doc[sector]]) + " · " + (model.sectors.code[sector] || "") + " " + model.sectors.name[sector]; }

/** The tasks behind each sector. @param {import("./data.js").Model} model @param {ReturnType<typeof sectorRows>} rows @returns {import("./behind.js").Lists} */
export function sectorLists(model, rows) { return new Map(rows.map((row) => [sectorKey(model, row.sector), { title: sectorKey(model, row.sector), units: row.tasks }])); }

/** @param {import("./data.js").Model} model @param {ReturnType<typeof sectorRows>} rows @returns {import("./table.js").Listing} */
export function sectorListing(model, rows) {
  return { name: "linh-vuc", rows, columns: [
    { vi: "Tỉnh", en: "Province", value: (row) => model.provinceName(model.docs.province[model.sectors.doc[row.sector]]) }, { vi: "Mã", en: "Code", value: (row) => model.sectors.code[row.sector] }, { vi: "Lĩnh vực", en: "Sector", value: (row) => model.sectors.name[row.sector], open: (row) => { if (model.sectors.start[row.sector] !== null) change({ view: "document", doc: model.docs.iri[model.sectors.doc[row.sector]], at: model.sectors.start[row.sector] + "-" + model.sectors.end[row.sector] }); } },
    { vi: "Nhiệm vụ nêu tên", en: "Tasks that name it", number: true, value: (row) => row.tasks.length, open: (row) => openCell(sectorKey(model, row.sector)) }, { vi: "Cơ quan chủ trì", en: "Leads", number: true, value: (row) => row.leads.size }] };
}
