// Search without diacritics over everything that has a name.
import { change } from "./state.js";
import { element, fold, get, say, shorten } from "./text.js";

const RANK = { agency: 0, doc: 1, decision: 2, task: 3 };

/**
 * Nodes whose name, province and kind hold all words, the nearest first.
 * @param {import("./data.js").Model} model
 * @param {string[]} keys folded name of each node
 * @param {string} text
 * @param {number} [most]
 */
export function find(model, keys, text, most = 40) {
  const words = fold(text).split(/\s+/).filter(Boolean), whole = words.join(" ");
  if (!words.length) return [];
  const hits = [];
  for (let node = 0; node < model.nodeCount; node++) {
    const key = keys[node];
    if (!words.every((word) => key.includes(word)) || !model.isThere(node)) continue;
    const close = key.startsWith(whole) ? 0 : key.includes(whole) ? 1 : 2;
    const load = node >= model.agentFrom && node < model.taskFrom ? model.load[node - model.agentFrom] : 0;
    hits.push({ node, order: close * 10 + RANK[model.kindOf(node)], load });
  }
  hits.sort((a, b) => a.order - b.order || b.load - a.load || a.node - b.node);
  return hits.slice(0, most).map((hit) => hit.node);
}

/** Duties in prose whose words, province or agencies hold all words: they have no node, their passage is shown. @param {import("./data.js").Model} model @param {string[]} keys folded @param {string} text @param {number} [most] */
export function findDuties(model, keys, text, most = 10) {
  const words = fold(text).split(/\s+/).filter(Boolean), found = [];
  for (let duty = 0; words.length && duty < keys.length && found.length < most; duty++) if (words.every((word) => keys[duty].includes(word)) && model.inForce(model.duties.doc[duty])) found.push(duty);
  return found;
}

/** @param {import("./data.js").Model} model */
export function makeKeys(model) {
  const keys = new Array(model.nodeCount);
  for (let node = 0; node < model.nodeCount; node++) {
    const extra = model.kindOf(node) === "doc" ? " " + model.docs.title[model.rowOf(node)] : "";
    keys[node] = fold(model.label(node) + " " + model.provinceName(model.provinceOf(node)) + extra);
  }
  return keys;
}

/**
 * The search field: an ARIA combobox.
 * @param {() => import("./data.js").Model | null} current the model that is looked at, null until its names are read
 * @param {(node: number) => void} take
 */
export function makeSearch(current, take) {
  const field = get("search"), list = get("hits");
  /** @type {string[]} */
  let keys = [];
  /** @type {string[]} */
  let dutyKeys = [];
  /** @type {import("./data.js").Model | null} */
  let keyed = null;
  const close = () => { list.hidden = true; field.setAttribute("aria-expanded", "false"); };
  const options = () => /** @type {HTMLElement[]} */ (Array.from(list.querySelectorAll("[role=option]")));
  /** @param {number} at */
  const mark = (at) => {
    options().forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    const item = options()[at];
    if (item) { item.scrollIntoView({ block: "nearest" }); field.setAttribute("aria-activedescendant", item.id); } else field.removeAttribute("aria-activedescendant");
  };
  field.addEventListener("input", () => {
    const model = current();
    if (!model) return;
    if (keyed !== model) { keys = makeKeys(model); dutyKeys = model.duties.text.map((text, duty) => fold(text + " " + model.provinceName(model.docs.province[model.duties.doc[duty]]))); keyed = model; }
    const hits = find(model, keys, field.value);
    const rows = hits.map((node, at) => element("li", { role: "option", id: "hit-" + at, "data-node": node, onmousedown: (/** @type {Event} */ event) => { event.preventDefault(); close(); take(node); } },
      shorten(model.label(node), 110) + " ", element("small", {}, "– " + kindName(model, node) + place(model, node))));
    findDuties(model, dutyKeys, field.value).forEach((duty) => {
      const doc = model.duties.doc[duty], at = rows.length;
      rows.push(element("li", { role: "option", id: "hit-" + at, "data-duty": duty, onmousedown: (/** @type {Event} */ event) => { event.preventDefault(); close(); openDuty(model, duty); } },
        shorten(model.duties.text[duty], 110) + " ", element("small", {}, "– " + [say("việc trong lời văn", "duty in prose"), model.provinceName(model.docs.province[doc])].filter(Boolean).join(", "))));
    });
    list.replaceChildren(...rows);
    if (!rows.length && fold(field.value).trim()) list.append(element("li", {}, say("Không tìm thấy. Thử ít chữ hơn; không cần dấu.", "Nothing found. Try fewer words; accents are not needed.")));
    list.hidden = !fold(field.value).trim();
    field.setAttribute("aria-expanded", String(!list.hidden));
    mark(0);
  });
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const all = options(), now = all.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      mark((now + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length);
      event.preventDefault();
    } else if (event.key === "Enter" && now >= 0 && !list.hidden) { close(); const model = current(); if (all[now].dataset.duty && model) openDuty(model, Number(all[now].dataset.duty)); else take(Number(all[now].dataset.node)); } else if (event.key === "Escape") close();
  });
  field.addEventListener("blur", close);
}

/** @param {import("./data.js").Model} model @param {number} duty */
function openDuty(model, duty) {
  const { start, end, doc } = model.duties;
  change({ view: "document", doc: model.docs.iri[doc[duty]], at: start[duty] === null ? "" : start[duty] + "-" + end[duty], node: "" });
}

/** @param {import("./data.js").Model} model @param {number} node */
function place(model, node) {
  const name = model.provinceName(model.provinceOf(node));
  return name ? ", " + name : "";
}

/** What a node is, in words. @param {import("./data.js").Model} model @param {number} node */
export function kindName(model, node) {
  const kind = model.kindOf(node);
  if (kind === "agency") {
    const form = model.agents.form[model.rowOf(node)];
    return [say("cơ quan", "agency"), say("nhóm cơ quan", "group of agencies"), say("nhóm mở", "open-ended group")][form];
  }
  if (model.isDecision(node)) return say("văn bản trung ương", "national decision");
  return { decision: "", doc: say("kế hoạch", "plan"), task: say("nhiệm vụ", "task") }[kind];
}
