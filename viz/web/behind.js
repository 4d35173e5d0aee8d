// The tasks behind a figure, a cell, a ribbon or an edge, each with its words and the way to them: the second click is the passage.
import { docLine, evidence, group } from "./details.js";
import { change } from "./state.js";
import { element, figure, say, shorten } from "./text.js";

/**
 * What stands behind one figure of a picture.
 * @typedef {object} Behind
 * @property {string} title
 * @property {number[]} units tasks and duties
 * @property {{ doc: number, start: number, end: number }[]} [passages] words that are no task, as of a plan that names its decision
 * @property {string} [note]
 */

/** @typedef {Map<string, Behind>} Lists by key, as the state holds it */

/** Show the list of a key. @param {string} key */
export function openCell(key) { change({ cell: key, node: "" }); }

/** A key as a listener of a picture's shape: click, or Enter. @param {string} key */
export function opener(key) {
  return { class: "go", tabindex: "0", onclick: () => openCell(key), onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") openCell(key); } };
}

/** @param {import("./data.js").Model} model @param {Behind} behind */
export function drawBehind(model, behind) {
  const box = element("div", {}, element("h2", {}, behind.title), behind.note ? element("p", { class: "what" }, behind.note) : null);
  const items = behind.units.map((unit) => {
    const span = model.spanOf(unit), doc = model.docOf(unit), name = shorten(model.unitName(unit), 220);
    const roles = [["Chủ trì: ", "Leads: "], ["Phối hợp: ", "Partners: "], ["Thực hiện: ", "Responsible: "]].map(([vi, en], role) => { const names = model.namesOf(unit, role); return names ? element("div", { class: "where" }, say(vi, en) + shorten(names, 300)) : null; });
    return element("li", {}, unit < model.taskCount ? element("button", { type: "button", class: "link", onclick: () => change({ node: model.tasks.iri[unit] }) }, name) : element("span", {}, name), element("div", { class: "where" }, docLine(model, doc)), ...roles, span ? evidence(model, doc, span[0], span[1], unit < model.taskCount ? model.tasks.name[unit] : null) : null);
  });
  group(box, say("Nhiệm vụ, việc", "Tasks and duties"), items);
  group(box, say("Câu trong văn bản", "Passages"), (behind.passages || []).map(({ doc, start, end }) => element("li", {}, element("div", { class: "where" }, docLine(model, doc)), evidence(model, doc, start, end, null, 90))));
  if (!items.length && !(behind.passages || []).length && !behind.note) box.append(element("p", { class: "note" }, say("Không có nhiệm vụ nào: ", "No task: ") + figure(0)));
  return box;
}
