// As of a date: what is shown, what was replaced, and who inherits.
import { drawFlows, flowLists } from "./flow.js";
import { showDay, today } from "./dates.js";
import { roleName, whyOf } from "./details.js";
import { STATE, change } from "./state.js";
import { element, figure, inOrder, say, shorten } from "./text.js";

const MOST_FLOWS = 40;
/** Whether the reader has unfolded what stands behind the line of the day. */
const TOLD = { open: false };

/** The days that can be chosen: those on which something changes, the reader's own day, and what the address holds. @param {import("./data.js").Model} model @returns {[string, string][]} */
export function dayOptions(model) {
  const { days } = model.payload.dates, own = today();
  const known = days.map((one) => /** @type {[string, string]} */ ([one.day, dayText(one.day) + say(` (${figure(one.agents.length)} tên đổi)`, ` (${figure(one.agents.length)} changed)`)]));
  if (!known.some(([day]) => day === own)) known.push([own, say("hôm nay, ", "today, ") + dayText(own)]);
  if (STATE.asof && !known.some(([day]) => day === STATE.asof)) known.push([STATE.asof, dayText(STATE.asof)]);
  return known.sort((p, q) => (p[0] < q[0] ? -1 : 1));
}

/** @param {string} day */
function dayText(day) { return say(showDay(day), day); }

/** Look at the plans as of another day; a province that is gone gives way to its heir. @param {import("./data.js").Model} model @param {string} day @param {(day: string) => import("./data.js").Model} modelAt */
export function chooseDay(model, day, modelAt) {
  const then = modelAt(day);
  let province = STATE.province;
  if (province && !then.placesInUse().includes(province)) {
    const doc = model.docs.province.findIndex((/** @type {number} */ one) => model.provinceName(one) === province);
    province = doc < 0 ? "" : then.provinceName(then.docs.province[doc]);
  }
  change({ asof: day, province });
}

/** The line that says what is shown and what was replaced. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection */
export function tellDay(model, selection) {
  if (!model.view.day) return [say("Tên cơ quan và tỉnh: như văn bản viết.", "Names of agencies and provinces: as written.")];
  const { links, docs, view } = model, moved = orphans(model, selection), sources = (/** @type {number[]} */ list) => figure(new Set(list.map((link) => links.source[link])).size);
  const possible = moved.filter((link) => links.share[link] < 1), unknown = moved.filter((link) => !links.known[link]), here = (/** @type {number} */ doc) => (!STATE.province || model.provinceName(docs.province[doc]) === STATE.province) && (!STATE.doc || docs.iri[doc] === STATE.doc), merged = [...view.merged].filter((doc) => model.inForce(doc) && here(doc)).length;
  const part = (/** @type {string} */ kind) => docs.iri.map((_, doc) => doc).filter((doc) => view.standing[doc] === kind && here(doc));
  const named = (/** @type {number[]} */ list) => figure(list.length) + " (" + list.slice(0, 4).map((doc) => [model.provinceName(docs.province[doc]), shorten(docs.label[doc], 40)].filter(Boolean).join(", ")).join("; ") + (list.length > 4 ? "; …" : "") + ")";
  const early = part("early"), over = part("over"), undated = part("undated"), known = model.payload.dates.known;
  const out = early.length + over.length;
  const short = say(`Tính đến ${showDay(view.day)}: ${sources(moved)} phân công đã có cơ quan khác kế thừa`, `As of ${view.day}: ${sources(moved)} assignments have gone to other bodies`) + (out ? say(`; ${figure(out)} kế hoạch không tính`, `; ${figure(out)} ${out === 1 ? "plan is" : "plans are"} left out`) : "") + ". ";
  const more = [
    possible.length ? say(`${sources(possible)} phân công chỉ biết những cơ quan có thể kế thừa: chia đều cho các cơ quan ấy.`, `${sources(possible)} assignments have only possible heirs: they are shared alike.`) : "",
    unknown.length ? say(`${sources(unknown)} phân công chưa rõ cơ quan nào kế thừa.`, `${sources(unknown)} assignments have no known heir.`) : "",
    merged ? say(`${figure(merged)} văn bản của tỉnh đã sáp nhập được tính cho tỉnh mới.`, `${figure(merged)} documents of merged provinces count for the new ones.`) : "",
    early.length ? say("Không tính vì chưa ban hành: ", "Left out, not yet issued: ") + named(early) + "." : "",
    over.length ? say("Không tính vì đã hết giai đoạn: ", "Left out, past their period: ") + named(over) + "." : "",
    undated.length ? say("Không ghi ngày, vẫn tính: ", "Undated, counted: ") + named(undated) + "." : "",
    view.day > known ? say(`Danh mục chỉ biết các lần sắp xếp đến ${showDay(known)}.`, `The registry knows no reorganisation after ${known}.`) : "",
  ].filter(Boolean);
  const details = more.length ? element("details", { id: "asof-more", open: TOLD.open, ontoggle: () => { TOLD.open = details.open; } }, element("summary", {}, say("Chi tiết", "Details")), element("ul", {}, ...more.map((words) => element("li", {}, words)))) : "";
  return [short, STATE.view === "heirs" ? "" : element("button", { type: "button", class: "link", id: "to-heirs", onclick: () => change({ view: "heirs", ego: "", to: "" }) }, say("Ai kế thừa việc gì?", "Who inherits what?")), " ", details];
}

/** Assignments whose agency is another one then; open-ended groups are nobody, whatever becomes of their province. @param {import("./data.js").Model} model @returns {number[]} */
function movedLinks(model) {
  const { links } = model;
  return links.from ? Array.from(links.from.keys()).filter((link) => links.from[link] !== links.agent[link] && model.agents.form[links.from[link]] !== 2) : [];
}

/** @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {number[]} */
export function orphans(model, selection) {
  const shown = new Set(selection.links);
  return movedLinks(model).filter((link) => shown.has(link));
}

/** @param {import("./data.js").Model} model @param {number[]} links @param {(day: string) => void} choose @param {(day: string) => import("./data.js").Model} modelAt */
export function drawHeirs(model, links, choose, modelAt) {
  if (!model.view.day) {
    const days = model.payload.dates.days.map((one) => /** @type {[string, number, number]} */ ([one.day, one.agents.length, movedLinks(modelAt(one.day)).length]));
    return { picture: element("ul", { class: "days" }, ...days.map(([day, agents, moved]) => element("li", {}, element("button", { type: "button", onclick: () => choose(day) }, dayText(day)), " ", say(`${figure(agents)} cơ quan, nhóm trong kho đã đổi; ${figure(moved)} phân công của các kế hoạch còn hiệu lực có cơ quan kế thừa`, `${figure(agents)} bodies and groups of this build have changed; ${figure(moved)} assignments of plans then in force have heirs`)))),
      note: days.length ? say("Chọn một ngày để biết ai có việc của cơ quan không còn vào ngày ấy.", "Choose a day to see who has the work of bodies that are gone by then.") : say("Không lần sắp xếp nào chạm tới cơ quan trong kho này.", "No reorganisation touches an agency of this build.") };
  }
  if (!links.length) return { picture: element("p", { class: "note" }, say("Không có phân công nào đổi cơ quan trong phần đang xem.", "No assignment changed hands in what is shown.")), note: "" };
  const flows = new Map(), name = (/** @type {number} */ agent) => (STATE.province ? model.agents.label[agent] : model.agentName(agent));
  let same = 0;
  for (const link of links) {
    const from = name(model.links.from[link]), to = name(model.links.agent[link]), key = from + "\t" + to, flow = flows.get(key) || { from, to, value: 0, units: [] };
    if (from === to) { same += 1; continue; }
    flow.value += model.links.share[link];
    flow.units.push(model.links.of[link]);
    flows.set(key, flow);
  }
  const sorted = [...flows.values()].sort((p, q) => q.value - p.value || inOrder(p.from, q.from) || inOrder(p.to, q.to));
  const drawn = drawFlows([sorted.slice(0, MOST_FLOWS)], say("Từ cơ quan được giao đến cơ quan kế thừa", "From the agency charged to its heir"), [say("Cơ quan được giao", "Agency charged"), say("Cơ quan kế thừa", "Heir")]);
  return { picture: drawn.picture, lists: flowLists([sorted]), note: say("Trái: cơ quan được giao; phải: cơ quan kế thừa; số: phân công.", "Left: the agency charged; right: its heir; figures: assignments.") + (sorted.length > MOST_FLOWS ? " " + say(`Vẽ ${MOST_FLOWS} dòng lớn nhất trong ${figure(sorted.length)}; bảng có đủ.`, `The largest ${MOST_FLOWS} of ${figure(sorted.length)} are drawn; the table has all.`) : "")
    + (same ? " " + say(`Không vẽ ${figure(same)} phân công mà tên cơ quan và tỉnh không đổi; bảng có.`, `Not drawn: ${figure(same)} whose agency and province keep their names; the table has them.`) : "") };
}

/** @param {import("./data.js").Model} model @param {number[]} rows @returns {import("./table.js").Listing} */
export function heirListing(model, rows) {
  const { links } = model, open = (/** @type {number} */ agent) => change({ node: model.agents.iri[agent] });
  return { name: "ke-thua", rows, columns: [
    { vi: "Nhiệm vụ, việc", en: "Task or duty", value: (link) => model.unitName(links.of[link]), open: (link) => { const unit = links.of[link]; if (unit < model.taskCount) change({ node: model.tasks.iri[unit] }); else change({ view: "document", doc: model.docs.iri[model.docOf(unit)], at: links.start[link] + "-" + links.end[link] }); } },
    { vi: "Tỉnh", en: "Province", value: (link) => model.provinceName(model.docs.province[model.docOf(links.of[link])]) }, { vi: "Vai trò", en: "Role", value: (link) => roleName(links.role[link]) },
    { vi: "Văn bản viết", en: "As written", value: (link) => model.agentName(links.from[link]), open: (link) => open(links.from[link]) }, { vi: "Kế thừa", en: "Heir", value: (link) => model.agentName(links.agent[link]), open: (link) => open(links.agent[link]) },
    { vi: "Phần", en: "Share", number: true, value: (link) => Math.round(links.share[link] * 1000) / 1000 }, { vi: "Vì sao", en: "Why", value: (link) => whyOf(model, links.why[link]) }] };
}
