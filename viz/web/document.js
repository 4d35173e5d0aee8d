// A document's whole text with every span that was read marked, and what was not understood.
import { STATE, change, remember } from "./state.js";
import { element, figure, say } from "./text.js";

/** Kinds of marks, and their names. */
export const MARKS = /** @type {Record<string, [string, string]>} */ ({ task: ["nhiệm vụ", "task"], duty: ["việc được giao", "duty"], agency: ["cơ quan", "agency"], citation: ["văn bản viện dẫn", "citation"], target: ["chỉ tiêu", "target"], reporting: ["chế độ báo cáo", "reporting duty"], sector: ["lĩnh vực ưu tiên", "priority sector"], finding: ["chưa hiểu hoặc còn ngờ", "not understood or doubtful"] });

/**
 * @typedef {object} Mark
 * @property {number} start
 * @property {number} end
 * @property {string} kind
 * @property {string} words
 * @property {string} node address of what it opens, "" if nothing
 */

/** @typedef {{ start: number, end: number, marks: Mark[] }} Segment */

/** All marks of a document. @param {import("./data.js").Model} model @param {number} doc @returns {Mark[]} */
export function marksOf(model, doc) {
  /** @type {Mark[]} */
  const marks = [];
  const add = (/** @type {number | null} */ start, /** @type {number | null} */ end, /** @type {string} */ kind, /** @type {string} */ words, /** @type {string} */ node) => { if (start !== null && end !== null && end > start) marks.push({ start, end, kind, words, node }); };
  for (const task of model.tasksOfDoc.of(doc)) add(model.tasks.start[task], model.tasks.end[task], "task", model.unitName(task), model.tasks.iri[task]);
  for (const duty of model.dutiesOfDoc.of(doc)) add(model.duties.start[duty], model.duties.end[duty], "duty", model.duties.section[duty] || "", "");
  const units = [...model.tasksOfDoc.of(doc), ...Array.from(model.dutiesOfDoc.of(doc), (duty) => duty + model.taskCount)];
  for (const unit of units) for (const link of model.linksOfUnit.of(unit)) add(model.links.start[link], model.links.end[link], "agency", model.agentName(model.links.agent[link]), model.agents.iri[model.links.agent[link]]);
  for (const sector of model.sectorsOfDoc.of(doc)) add(model.sectors.start[sector], model.sectors.end[sector], "sector", model.sectors.code[sector] || "", "");
  for (const mark of model.marksOfDoc.of(doc)) add(model.marks.start[mark], model.marks.end[mark], model.markKind(mark), model.noteOf(mark), "");
  return marks;
}

/**
 * The text cut where a mark begins or ends.
 * @param {string} text
 * @param {Mark[]} marks
 * @returns {Segment[]}
 */
export function segments(text, marks) {
  const cuts = new Set([0, text.length]);
  for (const mark of marks) { cuts.add(mark.start); cuts.add(mark.end); }
  const at = [...cuts].filter((cut) => cut <= text.length).sort((p, q) => p - q), sorted = marks.slice().sort((p, q) => p.start - q.start || q.end - p.end);
  const found = [];
  /** @type {Mark[]} */
  let open = [];
  let next = 0;
  for (let number = 0; number + 1 < at.length; number++) {
    while (next < sorted.length && sorted[next].start <= at[number]) open.push(sorted[next++]);
    open = open.filter((mark) => mark.end > at[number]);
    found.push({ start: at[number], end: at[number + 1], marks: open.slice() });
  }
  return found;
}

/** The segments before a place and from there on; one across it is the latter's. @param {Segment[]} parts @param {number} begin @returns {[Segment[], Segment[]]} */
function split(parts, begin) {
  const cut = parts.flatMap((part) => (part.start < begin && part.end > begin && !part.marks.length ? [{ ...part, end: begin }, { ...part, start: begin }] : [part])), at = cut.findIndex((part) => part.end > begin);
  return begin && at > 0 ? [cut.slice(0, at), cut.slice(at)] : [[], cut];
}

/** A segment as it is shown: words, a mark, or a mark that opens something. @param {string} text @param {Segment} part @returns {Node} */
function passage(text, part) {
  const words = text.slice(part.start, part.end);
  if (!part.marks.length) return document.createTextNode(words);
  const inner = part.marks.reduce((best, mark) => (mark.end - mark.start <= best.end - best.start && mark.kind !== "target-passage" ? mark : best), part.marks.find((mark) => mark.kind !== "target-passage") || part.marks[0]);
  const classes = [...new Set(part.marks.map((mark) => "m-" + mark.kind))].join(" "), name = MARKS[inner.kind];
  const title = name ? say(name[0], name[1]) + (inner.words ? ": " + inner.words : "") : "";
  return inner.node ? element("button", { type: "button", class: "passage " + classes, title, onclick: () => change({ node: inner.node }, true) }, words) : element("mark", { class: classes, title }, words);
}

/** The document that is asked for; else, of those of the chosen province, the one with most tasks. @param {import("./data.js").Model} now as of the day of the view */
function docShown(now) {
  const asked = now.docs.iri.indexOf(STATE.doc);
  if (asked >= 0) return asked;
  const all = now.docs.iri.map((_, doc) => doc), home = all.filter((doc) => now.provinceName(now.docs.province[doc]) === STATE.province);
  return (home.length ? home : all).reduce((best, doc) => (now.tasksOfDoc.of(doc).length > now.tasksOfDoc.of(best).length ? doc : best));
}

/** @param {import("./data.js").Model} now as of the day of the view: the document itself is as written @returns {{ picture: HTMLElement, note: string }} */
export function drawDocument(now) {
  const model = now.written, doc = docShown(now);
  const picker = element("select", { "aria-label": say("Văn bản", "Document"), onchange: () => change({ doc: picker.value, at: "" }) },
    ...model.docs.iri.map((iri, at) => element("option", { value: iri, selected: at === doc }, [model.provinceName(model.docs.province[at]), model.docs.label[at]].filter(Boolean).join(" · "))));
  const head = element("div", { class: "tools" }, picker);
  const text = model.text(doc);
  if (text === null) return { picture: element("div", {}, head, element("p", { class: "note" }, say("Trang này không mang theo toàn văn (kho quá lớn). Xem tệp trong thư mục texts/ cạnh đồ thị.", "This page does not carry the full text (the corpus is too large). See the file in texts/ beside the graph."))), note: "" };
  const marks = marksOf(model, doc), target = /^(\d+)-(\d+)$/.exec(STATE.at), from = target ? Number(target[1]) : -1, to = target ? Number(target[2]) : -1;
  const hidden = new Set(STATE.hide.split(".")), body = element("div", { class: ["paper", ...Object.keys(MARKS).filter((kind) => hidden.has(kind)).map((kind) => "hide-" + kind)].join(" "), lang: "vi", tabindex: "0", role: "document", "aria-label": model.docs.title[doc] || model.docs.label[doc] });
  const shown = from < 0 ? marks : [...marks, { start: from, end: to, kind: "target-passage", words: "", node: "" }], begin = model.docs.begin[doc];
  const [above, own] = split(segments(text, shown), begin);
  // What a web site wrote above a document is there, but does not stand before it.
  if (above.length) body.append(element("details", { class: "above", open: from >= 0 && from < begin }, element("summary", {}, say(`Lời của trang đăng văn bản (${figure(begin)} ký tự)`, `Words of the web site above the document (${figure(begin)} characters)`)), ...above.map((part) => passage(text, part))));
  body.append(...own.map((part) => passage(text, part)));
  const hide = (/** @type {string} */ kind, /** @type {boolean} */ away) => {
    body.classList.toggle("hide-" + kind, away);
    if (away) hidden.add(kind); else hidden.delete(kind);
    remember({ hide: Object.keys(MARKS).filter((one) => hidden.has(one)).join(".") });
  };
  const counts = /** @type {Record<string, number>} */ ({});
  for (const mark of marks) counts[mark.kind] = (counts[mark.kind] || 0) + 1;
  const key = element("ul", { class: "legend" }, ...Object.keys(MARKS).filter((kind) => counts[kind]).map((kind) => element("li", {}, element("label", {}, element("input", { type: "checkbox", checked: !hidden.has(kind), onchange: (/** @type {any} */ event) => hide(kind, !event.target.checked) }), element("mark", { class: "m-" + kind }, say(MARKS[kind][0], MARKS[kind][1])), " " + figure(counts[kind])))));
  const doubts = Array.from(model.marksOfDoc.of(doc)).filter((mark) => model.markKind(mark) === "finding");
  const list = doubts.length ? element("details", { class: "doubts" }, element("summary", {}, say("Chưa hiểu hoặc còn ngờ", "Not understood or doubtful") + " (" + doubts.length + ")"), element("ul", {}, ...doubts.map((mark) => element("li", {}, model.marks.start[mark] === null ? model.noteOf(mark) : element("button", { type: "button", class: "link", onclick: () => change({ at: model.marks.start[mark] + "-" + model.marks.end[mark] }) }, model.noteOf(mark)))))) : null;
  if (from >= 0) requestAnimationFrame(() => { const first = body.querySelector(".m-target-passage"); if (first) body.scrollTop += first.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3; });
  return { picture: element("div", { class: "reader" }, head, key, list, body), note: "" };
}
