// Tasks and duties as a list, pairs of agencies, and what equals the network.
import { openCell, opener } from "./behind.js";
import { RIBBON } from "./flow.js";
import { openPassage, timeOf } from "./details.js";
import { coordinationPairs } from "./scene.js";
import { STATE, change, filtered } from "./state.js";
import { element, figure, say, shape, shorten } from "./text.js";

/** @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {import("./table.js").Listing} */
export function taskListing(model, selection) {
  const names = (/** @type {number} */ unit, /** @type {number} */ role) => model.namesOf(unit, role);
  const open = (/** @type {number} */ unit) => {
    if (unit < model.taskCount) { change({ node: model.tasks.iri[unit] }); return; }
    const span = model.spanOf(unit);
    if (span) change({ view: "document", doc: model.docs.iri[model.docOf(unit)], at: span[0] + "-" + span[1] });
  };
  return { name: "nhiem-vu", rows: [...selection.tasks, ...selection.duties], columns: [
    { vi: "Nhiệm vụ, việc", en: "Task or duty", value: (unit) => model.unitName(unit), open },
    { vi: "Tỉnh", en: "Province", value: (unit) => model.provinceName(model.docs.province[model.docOf(unit)]) },
    { vi: "Chủ trì", en: "Leads", value: (unit) => names(unit, 0) }, { vi: "Số chủ trì", en: "Number of leads", number: true, screen: true, value: (unit) => model.agentsOf(unit, 0).length }, { vi: "Phối hợp", en: "Partners", value: (unit) => names(unit, 1) }, { vi: "Thực hiện", en: "Responsible", value: (unit) => names(unit, 2) },
    { vi: "Thời gian", en: "Time", value: (unit) => (unit < model.taskCount ? timeOf(model, unit) : "") },
    { vi: "Sản phẩm", en: "Product", value: (unit) => (unit < model.taskCount ? model.tasks.product[unit] : null) },
    { vi: "Loại", en: "Form", value: (unit) => (unit < model.taskCount ? say("nhiệm vụ", "task") : say("lời văn", "prose")) },
    { vi: "Kế hoạch", en: "Plan", value: (unit) => model.docs.label[model.docOf(unit)] },
    { vi: "Tệp", en: "File", value: (unit) => model.docs.file[model.docOf(unit)], hidden: true }, { vi: "Từ ký tự", en: "From character", hidden: true, value: (unit) => (model.spanOf(unit) || [null])[0] }, { vi: "Đến ký tự", en: "To character", hidden: true, value: (unit) => (model.spanOf(unit) || [null, null])[1] }, { vi: "Trong văn bản", en: "Passage", screen: true, away: true, value: (unit) => (model.spanOf(unit) ? "↗ " + say("xem câu", "read") : ""), open: (unit) => { const span = model.spanOf(unit); if (span && model.text(model.docOf(unit)) !== null) openPassage(model, model.docOf(unit), span[0], span[1]); else open(unit); } }] };
}

/** Key of an edge in the state. @param {import("./data.js").Model} model @param {import("./scene.js").Edge} edge */
export function edgeKey(model, edge) { return "edge|" + edge.role + "|" + model.iri(edge.a).split("/").slice(-3).join("/") + "|" + model.iri(edge.b).split("/").slice(-3).join("/"); }

/** What an edge says, in words. @param {import("./data.js").Model} model @param {import("./scene.js").Edge} edge */
export function tellEdge(model, edge) {
  const name = (/** @type {number} */ node) => shorten(model.kindOf(node) === "agency" ? model.agentName(model.rowOf(node)) : model.label(node), 90);
  return name(edge.a) + " → " + name(edge.b) + ": " + relation(edge.role) + (edge.weight > 1 ? " (" + figure(edge.weight) + ")" : "");
}

/** @param {number} role */
function relation(role) { return [say("chủ trì", "leads"), say("phối hợp", "partner"), say("thực hiện", "responsible"), say("triển khai", "implements"), say("có lẽ triển khai (suy ra)", "probably implements (inferred)"), say("gồm nhiệm vụ", "holds the task")][role]; }

/** What stands behind an edge: its assignments, its task, or the words in which a plan names its decision. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @param {import("./scene.js").Edge} edge @returns {import("./behind.js").Behind} */
export function behindEdge(model, selection, edge) {
  const { links } = model, title = tellEdge(model, edge), [task, agent] = model.kindOf(edge.a) === "agency" ? [edge.b, edge.a] : [edge.a, edge.b];
  if (edge.role === 5) return { title, units: [model.rowOf(model.kindOf(edge.a) === "task" ? edge.a : edge.b)] };
  if (edge.role < 3) {
    const row = model.rowOf(task), isTask = model.kindOf(task) === "task";
    return { title, units: [...new Set(selection.links.filter((link) => links.agent[link] === model.rowOf(agent) && links.role[link] === edge.role && (isTask ? links.of[link] === row : model.docOf(links.of[link]) === row)).map((link) => links.of[link]))] };
  }
  const doc = model.rowOf(edge.a), number = model.label(edge.b);
  const passages = model.citationsOf(doc, number);
  return { title, units: [], passages, note: edge.role === 4 ? say("Suy ra, văn bản không nói rõ.", "Inferred, not stated in the text.") : passages.length ? "" : say("Không tìm được câu nêu số văn bản này.", "No passage with this number was found.") };
}

/** The edges of the scene as rows. @param {import("./data.js").Model} model @param {import("./scene.js").Scene} scene @returns {import("./table.js").Listing} */
export function edgeListing(model, scene) {
  const province = (/** @type {number} */ node) => model.provinceName(model.provinceOf(node));
  return { name: "mang-luoi", rows: scene.edges, sort: 4, down: true, columns: [
    { vi: "Từ", en: "From", value: (edge) => model.label(edge.a), open: (edge) => change({ node: model.iri(edge.a) }) }, { vi: "Quan hệ", en: "Relation", value: (edge) => relation(edge.role), open: (edge) => openCell(edgeKey(model, edge)) },
    { vi: "Đến", en: "To", value: (edge) => model.label(edge.b), open: (edge) => change({ node: model.iri(edge.b) }) }, { vi: "Tỉnh", en: "Province", value: (edge) => province(edge.b) || province(edge.a) }, { vi: "Số nhiệm vụ, việc", en: "Tasks and duties", number: true, value: (edge) => edge.weight, open: (edge) => openCell(edgeKey(model, edge)) }] };
}

/** Key of a pair in the state. @param {import("./data.js").Model} model @param {{ lead: number, partner: number }} pair */
function pairKey(model, pair) { return model.agentName(pair.lead) + " → " + model.agentName(pair.partner); }

/** The tasks behind each pair. @param {import("./data.js").Model} model @param {ReturnType<typeof coordinationPairs>} pairs @returns {import("./behind.js").Lists} */
export function pairLists(model, pairs) { return new Map(pairs.map((pair) => [pairKey(model, pair), { title: pairKey(model, pair), units: pair.tasks }])); }

/** Pairs lead → partner, drawn as two columns. @param {import("./data.js").Model} model @param {ReturnType<typeof coordinationPairs>} pairs */
export function drawPairs(model, pairs) {
  const shown = pairs.slice(0, 70), left = new Map(), right = new Map(), name = (/** @type {number} */ agent) => (STATE.province ? model.agents.label[agent] : model.agentName(agent));
  for (const pair of shown) { left.set(pair.lead, (left.get(pair.lead) || 0) + pair.tasks.length); right.set(pair.partner, (right.get(pair.partner) || 0) + pair.tasks.length); }
  const order = (/** @type {Map<number, number>} */ side) => [...side].sort((p, q) => q[1] - p[1] || p[0] - q[0]).map((one) => one[0]);
  const leads = order(left), partners = order(right), rows = Math.max(leads.length, partners.length, 1), high = rows * 26 + 40, wide = 960, most = Math.max(1, ...shown.map((pair) => pair.tasks.length));
  const y = (/** @type {number[]} */ list, /** @type {number} */ agent) => 40 + (list.indexOf(agent) + 0.5) * (high - 50) / list.length;
  const picture = shape("svg", { viewBox: `0 0 ${wide} ${high}`, class: "chart flow", role: "list", "aria-label": say("Cặp chủ trì – phối hợp", "Pairs of lead and partner") });
  picture.append(shape("text", { x: 330, y: 20, "text-anchor": "end", "font-size": 13, "font-weight": 700, fill: "var(--ink)" }, say("Chủ trì", "Lead")), shape("text", { x: 630, y: 20, "font-size": 13, "font-weight": 700, fill: "var(--ink)" }, say("Phối hợp", "Partner")));
  for (const pair of shown) {
    const words = name(pair.lead) + " → " + name(pair.partner) + ": " + figure(pair.tasks.length);
    picture.append(shape("path", { d: `M345 ${y(leads, pair.lead)}C480 ${y(leads, pair.lead)} 480 ${y(partners, pair.partner)} 615 ${y(partners, pair.partner)}`, "stroke-width": (1 + 9 * pair.tasks.length / most).toFixed(1), ...RIBBON, ...opener(pairKey(model, pair)), class: "flow-path go", role: "listitem", "aria-label": words }, shape("title", {}, words)));
  }
  for (const [list, x, anchor] of /** @type {[number[], number, string][]} */ ([[leads, 338, "end"], [partners, 622, "start"]])) for (const agent of list) picture.append(shape("text", { x, y: y(list, agent) + 4, "text-anchor": anchor, "font-size": 12.5, fill: "var(--ink)", class: "go", tabindex: "0", role: "listitem", onclick: () => change({ node: model.agents.iri[agent] }), onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") change({ node: model.agents.iri[agent] }); } }, STATE.province ? shorten(name(agent), 48) : model.shortName(agent, 48)));
  return { picture, note: pairs.length > shown.length ? say(`Vẽ ${shown.length} cặp nhiều nhất trong ${figure(pairs.length)}; bảng có đủ.`, `The ${shown.length} heaviest of ${figure(pairs.length)} pairs are drawn; the table has all.`) : "" };
}

/** @param {import("./data.js").Model} model @param {ReturnType<typeof coordinationPairs>} pairs @returns {import("./table.js").Listing} */
export function pairListing(model, pairs) {
  return { name: "chu-tri-phoi-hop", rows: pairs, columns: [
    { vi: "Chủ trì", en: "Lead", value: (pair) => model.agentName(pair.lead), open: (pair) => change({ node: model.agents.iri[pair.lead] }) }, { vi: "Phối hợp", en: "Partner", value: (pair) => model.agentName(pair.partner), open: (pair) => change({ node: model.agents.iri[pair.partner] }) },
    { vi: "Số nhiệm vụ, việc", en: "Tasks and duties", number: true, value: (pair) => pair.tasks.length, open: (pair) => openCell(pairKey(model, pair)) }] };
}

/** The cases of plans in force, with leads and province as of the day. @param {import("./data.js").Model} model @returns {any[]} */
export function casesOf(model) {
  const task = (/** @type {any} */ side) => (model.nodeOfIri.get(side.task) ?? -1) - model.taskFrom;
  const seen = (/** @type {any} */ side) => { const row = task(side); return row < 0 || !model.view.day ? side : { ...side, leads: model.namesOf(row, 0) }; };
  return model.payload.cases.filter((one) => [one.first, one.second].every((side) => task(side) < 0 || model.inForce(model.tasks.doc[task(side)])))
    .map((one) => ({ ...one, first: seen(one.first), second: seen(one.second), province: task(one.first) < 0 || !model.view.day ? one.province : model.provinceName(model.docs.province[model.tasks.doc[task(one.first)]]) }));
}

/** The cases that a filter leaves: those of which it shows a task. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection */
function casesShown(model, selection) {
  const shown = new Set(selection.tasks);
  return casesOf(model).filter((one) => (!STATE.province || one.province === STATE.province) && (!filtered() || [one.first, one.second].some((side) => shown.has((model.nodeOfIri.get(side.task) ?? -1) - model.taskFrom))));
}

/** Cases of likely duplication, side by side. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection */
export function drawCases(model, selection) {
  const all = model.payload.cases.length, cases = casesShown(model, selection), box = element("div", { class: "cases" });
  const side = (/** @type {any} */ one) => {
    const node = model.nodeOfIri.get(one.task);
    const task = node === undefined ? -1 : model.rowOf(node), code = task < 0 ? "" : model.tasks.code[task], title = task < 0 ? one.name : [code ? say("Mục ", "Item ") + code : say("Nhiệm vụ", "Task"), model.docs.label[model.tasks.doc[task]]].join(" · ");
    // The words of the task are what the two are compared in: they stand once, below.
    return element("div", { class: "side" }, task < 0 ? element("strong", {}, title) : element("button", { type: "button", class: "link", onclick: () => change({ node: one.task }) }, title), element("div", { class: "where" }, say("Chủ trì: ", "Leads: ") + (one.leads || say("không nêu", "none"))), element("blockquote", {}, ...one.words.map((/** @type {[string, boolean]} */ part) => (part[1] ? element("mark", { class: "differs" }, part[0]) : part[0]))));
  };
  for (const one of cases) {
    box.append(element("article", { class: "case" }, element("h3", {}, say(one.level[0], one.level[1]) + " · " + (one.province || say("Trung ương", "Central"))), element("p", {}, say(one.reason[0], one.reason[1])), element("div", { class: "pair" }, side(one.first), side(one.second)), element("p", { class: "what" }, say(one.benefit[0], one.benefit[1])), element("p", { class: "where" }, say("Trạng thái: ", "Status: ") + say(one.status[0], one.status[1])),
      element("details", { class: "where" }, element("summary", {}, say("Ghi ý kiến của người thẩm định", "Record a person's answer")), element("code", {}, "mandategraph decide " + one.id + " confirmed|rejected|justified --who … --why …"))));
  }
  if (!box.children.length) box.append(element("p", { class: "note" }, all ? say("Không có trường hợp nào trong phần đang lọc.", "No case in what is shown.") : say("Không tìm thấy cặp nhiệm vụ nào đủ giống nhau trong cùng một tỉnh, hoặc bản dựng này chưa tính.", "No two tasks of one province are alike enough, or this build did not look.")));
  return { picture: box, note: say("Máy chỉ đề xuất; người xem xét rồi mới kết luận. Trùng lặp có khi là cố ý và có ích.", "A machine only proposes; people decide. Redundancy is at times meant, and useful.") };
}

/** @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {import("./table.js").Listing} */
export function caseListing(model, selection) {
  return { name: "trung-lap", rows: casesShown(model, selection), columns: [{ vi: "Tỉnh", en: "Province", value: (row) => row.province || say("Trung ương", "Central") }, { vi: "Mức", en: "Level", value: (row) => say(row.level[0], row.level[1]) }, { vi: "Điểm", en: "Score", number: true, value: (row) => row.score }, { vi: "Nhiệm vụ 1", en: "Task 1", value: (row) => row.first.name, open: (row) => { if (model.nodeOfIri.has(row.first.task)) change({ node: row.first.task }); } }, { vi: "Chủ trì 1", en: "Leads 1", value: (row) => row.first.leads }, { vi: "Nhiệm vụ 2", en: "Task 2", value: (row) => row.second.name, open: (row) => { if (model.nodeOfIri.has(row.second.task)) change({ node: row.second.task }); } }, { vi: "Chủ trì 2", en: "Leads 2", value: (row) => row.second.leads }, { vi: "Trạng thái", en: "Status", value: (row) => say(row.status[0], row.status[1]) }] };
}
