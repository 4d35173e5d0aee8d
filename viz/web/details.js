// The panel at the side: one thing, what it touches, and the words of the document that say so.
import { ROLES } from "./data.js";
import { showDay } from "./dates.js";
import { kindName } from "./search.js";
import { STATE, change } from "./state.js";
import { element, figure, say, shorten } from "./text.js";

const FIRST = 25;

/** @param {number} role */
export function roleName(role) {
  return [say("chủ trì", "leads"), say("phối hợp", "partner"), say("thực hiện", "responsible")][role];
}

/** Go to the words in the document. @param {import("./data.js").Model} model @param {number} doc @param {number} start @param {number} end */
export function openPassage(model, doc, start, end) {
  change({ view: "document", doc: model.docs.iri[doc], at: start + "-" + end });
}

/**
 * A quote, its place, and the way to it. The words of the whole task stand around the agency's name where both are known.
 * @param {import("./data.js").Model} model
 * @param {number} doc
 * @param {number | null} start
 * @param {number | null} end
 * @param {string | null} [given] the words, where the page has not the document's text
 * @param {number} [around] letters of context before and behind
 */
export function evidence(model, doc, start, end, given = null, around = 0) {
  const box = element("div", { class: "evidence" });
  if (start === null || end === null) { if (given) box.append(element("blockquote", {}, given)); return box; }
  const text = model.text(doc), words = text === null ? given : text.slice(start, end);
  if (words) {
    const before = text && around ? clip(text.slice(Math.max(0, start - around), start), true) : "", after = text && around ? clip(text.slice(end, end + around), false) : "";
    box.append(element("blockquote", {}, before, element(around ? "mark" : "span", {}, shorten(words.replace(/\s+/g, " "), 900)), after));
  }
  box.append(way(model, doc, start, end));
  return box;
}

/** The way to the words: file and place, a button where the page has the text. @param {import("./data.js").Model} model @param {number} doc @param {number} start @param {number} end */
function way(model, doc, start, end) {
  const where = model.docs.file[doc] + " · " + say("ký tự ", "characters ") + start + "–" + end;
  return model.text(doc) === null ? element("div", { class: "source" }, where) : element("button", { type: "button", class: "source link", onclick: () => openPassage(model, doc, start, end) }, "↗ " + where);
}

/** Context in whole words. @param {string} text @param {boolean} before */
function clip(text, before) {
  const near = text.replace(/\s+/g, " ");
  // The window cuts a word in two: leave that out.
  return before ? "…" + near.slice(near.indexOf(" ")) : near.slice(0, near.lastIndexOf(" ") + 1) + "…";
}

/** @param {import("./data.js").Model} model @param {number} node */
function go(model, node) {
  return element("button", { type: "button", class: "link", onclick: () => change({ node: model.iri(node) }) }, shorten(model.label(node), 220));
}

/** @param {HTMLElement} parent @param {string} heading @param {HTMLElement[]} items */
export function group(parent, heading, items) {
  if (!items.length) return;
  const list = element("ul", {}, ...items.slice(0, FIRST));
  parent.append(element("h3", {}, heading + " (" + figure(items.length) + ")"), list);
  if (items.length > FIRST) {
    const more = element("button", { type: "button", onclick: () => { list.append(...items.slice(FIRST)); more.remove(); } }, say("Xem cả ", "Show all ") + figure(items.length));
    parent.append(more);
  }
}

/**
 * @param {import("./data.js").Model} model
 * @param {number} node
 */
export function drawDetails(model, node) {
  const box = element("div");
  const kind = model.kindOf(node), row = model.rowOf(node), place = model.provinceName(model.provinceOf(node));
  box.append(element("h2", {}, model.label(node)), element("p", { class: "what" }, [kindName(model, node), place].filter(Boolean).join(" · ")));
  const tools = element("div", { class: "tools" },
    element("button", { type: "button", onclick: () => change({ view: "overview", ego: model.iri(node), to: "" }) }, say("Lân cận", "Neighbourhood")),
    STATE.ego && STATE.ego !== model.iri(node) ? element("button", { type: "button", onclick: () => change({ view: "overview", to: model.iri(node) }) }, say("Đường nối từ: ", "Path from: ") + shorten(model.label(model.nodeOfIri.get(STATE.ego) ?? node), 30)) : null,
    kind === "doc" && model.text(row) !== null ? element("button", { type: "button", onclick: () => change({ view: "document", doc: model.iri(node), at: "" }) }, say("Đọc văn bản", "Read the document")) : null);
  box.append(tools);
  ({ agency: agency, task: task, doc: plan, decision: decision })[kind](model, row, box);
  const address = model.iri(node);
  // On a site each thing has a page of its own, at its address below the base.
  const page = model.payload.pages && address.startsWith(model.payload.pages) ? address.slice(model.payload.pages.length) + say("/index.html", "/index.en.html") : "";
  box.append(element("p", { class: "source" }, page ? element("a", { href: encodeURI(page) }, say("Trang riêng: ", "Its page: ") + address) : address));
  return box;
}

/** @param {import("./data.js").Model} model @param {number} row @param {HTMLElement} box */
function agency(model, row, box) {
  const { links } = model, own = Array.from(model.linksOfAgent.of(row)), seen = new Set(), gone = drawMoved(model, row);
  if (gone) box.append(gone);
  if (gone && links.from) writtenAs(model, row, box);
  if (gone && !own.length) return;
  box.append(element("p", {}, say("Chủ trì ", "Leads ") + figure(count(model, own, 0)) + say(" nhiệm vụ (chia cho các đồng chủ trì: ", " tasks (shared among co-leads: ") + figure(model.load[row]) + say("), phối hợp ", "), partner in ") + figure(count(model, own, 1)) + "."));
  if (model.agents.form[row] === 2) box.append(element("p", { class: "note" }, say("Nhóm mở: không biết gồm những ai, nên không xếp hạng.", "Open-ended: its members cannot be known, so it is never ranked.")));
  for (const [role] of ROLES.entries()) for (const tasks of [true, false]) {
    const items = own.filter((link) => links.role[link] === role && (links.of[link] < model.taskCount) === tasks && !seen.has(links.of[link] + "/" + role) && seen.add(links.of[link] + "/" + role)).map((link) => {
      const unit = links.of[link], doc = model.docOf(unit);
      const name = unit < model.taskCount ? go(model, model.taskFrom + unit) : element("span", {}, shorten(model.unitName(unit), 260));
      const [start, end] = unit < model.taskCount ? [links.start[link], links.end[link]] : model.spanOf(unit) || [null, null];
      return element("li", {}, name, element("div", { class: "where" }, docLine(model, doc)), inheritance(model, link), doubt(links.conf[link]), evidence(model, doc, start, end, links.quote ? links.quote[link] : null, unit < model.taskCount ? 90 : 0));
    });
    group(box, tasks ? [say("Chủ trì", "Leads"), say("Phối hợp", "Partner in"), say("Thực hiện", "Responsible for")][role] : [say("Được giao chủ trì (lời văn)", "Duties it leads (prose)"), say("Được giao phối hợp (lời văn)", "Duties with others (prose)"), say("Được giao thực hiện (lời văn)", "Duties (prose)")][role], items);
  }
}

/** @param {import("./data.js").Model} model @param {number} why */
export function whyOf(model, why) {
  const words = model.payload.dates.whys[why];
  return words ? say(words[0], words[1]) : "";
}

/** Of an agency that is gone at the day: who has its work. @param {import("./data.js").Model} model @param {number} row */
function drawMoved(model, row) {
  const heirs = model.view.moved.get(row);
  if (!heirs || heirs.some(([heir]) => heir === row)) return null;
  return element("div", {}, element("p", {}, say(`Tính đến ${showDay(model.view.day)}, việc của cơ quan này về:`, `As of ${model.view.day}, the work of this body went to:`)),
    element("ul", {}, ...heirs.map(([heir, share, why]) => element("li", {}, element("button", { type: "button", class: "link", onclick: () => change({ node: model.agents.iri[heir] }) }, model.agentName(heir)), element("div", { class: "where" }, (share < 1 ? figure(share, 2) + " · " : "") + whyOf(model, why))))));
}

/** Of an agency that is gone at the day: the assignments that name it, each with its words. @param {import("./data.js").Model} model @param {number} row @param {HTMLElement} box */
function writtenAs(model, row, box) {
  const { links } = model, seen = new Set();
  const items = Array.from(links.from.keys()).filter((/** @type {number} */ link) => links.from[link] === row && !seen.has(links.source[link]) && seen.add(links.source[link])).map((/** @type {number} */ link) => {
    const unit = links.of[link], doc = model.docOf(unit);
    return element("li", {}, unit < model.taskCount ? go(model, model.taskFrom + unit) : element("span", {}, shorten(model.unitName(unit), 220)), element("div", { class: "where" }, roleName(links.role[link]) + " · " + docLine(model, doc)), evidence(model, doc, links.start[link], links.end[link], links.quote ? links.quote[link] : null, 90));
  });
  group(box, say("Văn bản giao cho tên này", "Given to this name"), items);
}

/** What the document writes where the agency is an heir. @param {import("./data.js").Model} model @param {number} link */
function inheritance(model, link) {
  const { links } = model;
  if (!links.from || links.from[link] === links.agent[link]) return null;
  return element("div", { class: "where" }, (links.share[link] < 1 ? say("có thể, phần ", "possibly, share ") + figure(links.share[link], 2) + " · " : "") + say("văn bản viết: ", "as written: ") + model.agentName(links.from[link]) + " · " + whyOf(model, links.why[link]));
}

/** @param {import("./data.js").Model} model @param {number[]} own @param {number} role */
function count(model, own, role) {
  return new Set(own.filter((link) => model.links.role[link] === role && model.links.of[link] < model.taskCount).map((link) => model.links.of[link])).size;
}

/** @param {import("./data.js").Model} model @param {number} doc */
export function docLine(model, doc) { return [model.provinceName(model.docs.province[doc]), shorten(model.docs.label[doc], 80), model.docs.date[doc] && say(showDay(model.docs.date[doc]), model.docs.date[doc])].filter(Boolean).join(" · "); }

/** @param {number} confidence */
function doubt(confidence) {
  return confidence < 0.95 ? element("div", { class: "doubt" }, say("độ tin cậy ", "confidence ") + figure(confidence, 2)) : null;
}

/** @param {import("./data.js").Model} model @param {number} row @param {HTMLElement} box */
function task(model, row, box) {
  const { tasks, links } = model, doc = tasks.doc[row];
  const facts = [[say("Nhóm", "Group"), tasks.group[row]], [say("Thời gian", "Time"), timeOf(model, row)], [say("Sản phẩm", "Product"), tasks.product[row]], [say("Nguồn lực", "Funding"), tasks.funding[row]], [say("Lĩnh vực", "Sectors"), tasks.sectors[row].map((/** @type {number} */ one) => model.sectors.name[one]).join("; ")]];
  box.append(element("dl", {}, ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", { class: value ? null : "absent" }, value || say("văn bản không nêu", "not stated"))])));
  const span = model.spanOf(row);
  if (!model.inForce(doc)) box.append(outOfForce(model, doc));
  if (span) box.append(evidence(model, doc, span[0], span[1], tasks.name[row]));
  for (const [role] of ROLES.entries()) group(box, roleName(role), Array.from(model.linksOfUnit.of(row)).filter((link) => links.role[link] === role).map((link) => element("li", {}, go(model, model.agentFrom + links.agent[link]), inheritance(model, link), doubt(links.conf[link]), evidence(model, doc, links.start[link], links.end[link], links.quote ? links.quote[link] : null))));
  group(box, say("Trong kế hoạch", "In the plan"), [element("li", {}, go(model, model.docFrom + doc), element("div", { class: "where" }, model.docs.title[doc]))]);
}

/** @param {import("./data.js").Model} model @param {number} row */
export function timeOf(model, row) {
  const { from, to, rhythm, time } = model.tasks;
  if (time[row]) return time[row];
  const years = from[row] === null && to[row] === null ? "" : (from[row] ?? "…") + "–" + (to[row] ?? "…");
  return [years, rhythm[row]].filter(Boolean).join(" · ");
}

/** @param {import("./data.js").Model} model @param {number} doc */
function outOfForce(model, doc) {
  const early = model.view.standing[doc] === "early", day = model.view.day;
  return element("p", { class: "doubt" }, early ? say(`Văn bản chưa ban hành vào ngày ${showDay(day)}: không tính.`, `Not yet issued on ${day}: not counted.`) : say(`Văn bản đã hết giai đoạn vào ngày ${showDay(day)}: không tính.`, `Past its period on ${day}: not counted.`));
}

/** @param {import("./data.js").Model} model @param {number} row @param {HTMLElement} box */
function plan(model, row, box) {
  const { docs } = model;
  if (!model.inForce(row)) box.append(outOfForce(model, row));
  box.append(element("p", {}, docs.title[row] || ""), element("p", { class: "what" }, [docs.file[row], docs.date[row]].filter(Boolean).join(" · ")));
  carriers(model, model.docFrom + row, box);
  group(box, say("Triển khai", "Carries out"), docs.implements[row].map((/** @type {[number, number]} */ one) => element("li", {}, go(model, one[0]), one[1] ? element("div", { class: "doubt" }, say("suy ra, văn bản không nói rõ", "inferred, not stated in the text")) : null)));
  group(box, say("Nhiệm vụ", "Tasks"), Array.from(model.tasksOfDoc.of(row), (one) => { const span = model.spanOf(one); return element("li", {}, go(model, model.taskFrom + one), element("div", { class: "where" }, model.namesOf(one, 0)), span ? way(model, row, span[0], span[1]) : null); }));
  group(box, say("Việc giao trong lời văn", "Duties in prose"), Array.from(model.dutiesOfDoc.of(row), (one) => { const unit = model.taskCount + one, span = model.spanOf(unit); return element("li", {}, element("div", { class: "where" }, [0, 2, 1].map((role) => model.namesOf(unit, role)).filter(Boolean).join("; ")), span ? evidence(model, row, span[0], span[1], model.unitName(unit)) : element("blockquote", {}, model.unitName(unit))); }));
}

/** @param {import("./data.js").Model} model @param {number} row @param {HTMLElement} box */
function decision(model, row, box) {
  if (model.decisions.title[row]) box.append(element("p", {}, model.decisions.title[row]));
  carriers(model, row, box);
}

/** The plans that carry a decision out, be it only cited or read itself. @param {import("./data.js").Model} model @param {number} node @param {HTMLElement} box */
function carriers(model, node, box) {
  group(box, say("Kế hoạch triển khai", "Plans that carry it out"), model.carriersOf(node).map(({ doc, inferred }) => {
    const [cited] = model.citationsOf(doc, model.label(node));
    return element("li", {}, go(model, model.docFrom + doc), element("div", { class: "where" }, docLine(model, doc)), inferred ? element("div", { class: "doubt" }, say("suy ra", "inferred")) : null, cited ? evidence(model, doc, cited.start, cited.end, null, 90) : null);
  }));
}
