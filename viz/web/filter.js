// The reader's filters → which assignments, tasks and duties are shown.
import { ROLES } from "./data.js";
import { STATE } from "./state.js";

/**
 * @typedef {object} Selection
 * @property {number[]} links
 * @property {number[]} tasks
 * @property {number[]} duties
 * @property {number} undated tasks that a filter by year leaves out for want of a year
 */

/** Whether a task runs in a year: the same rule as the questions' and the reports', worked out by the page's maker. @param {import("./data.js").Model} model @param {number} task @param {number} year */
export function activeIn(model, task, year) {
  const first = model.tasks.first[task];
  return first !== null && first <= year && year <= model.tasks.last[task];
}

/** Whether a year is one, not an end that nobody names. @param {number | null} year */
export function isYear(year) { return year !== null && year > 0 && year < 9999; }

/**
 * @param {import("./data.js").Model} model
 * @returns {Selection}
 */
export function select(model) {
  const { links, agents } = model;
  const province = STATE.province ? model.provinces.indexOf(STATE.province) : -1, nowhere = STATE.province !== "" && province < 0;
  const role = ROLES.indexOf(STATE.role), kind = STATE.kind ? model.kinds.findIndex((one) => one[0] === STATE.kind) : -1;
  const year = Number(STATE.year) || 0, doc = STATE.doc ? model.docs.iri.indexOf(STATE.doc) : -1, least = Number(STATE.conf) || 0;
  const byAgent = role >= 0 || kind >= 0 || least > 0 || STATE.groups === "no";
  let undated = 0;
  /** @param {number} unit */
  const shown = (unit) => {
    const home = model.docOf(unit);
    if (!model.inForce(home)) return false;
    if (doc >= 0 && home !== doc) return false;
    if (nowhere || (province >= 0 && model.docs.province[home] !== province)) return false;
    if (unit >= model.taskCount) return !year && !STATE.sector;
    if (STATE.sector && !model.tasks.sectors[unit].some((/** @type {number} */ one) => model.sectors.name[one] === STATE.sector)) return false;
    if (year && !activeIn(model, unit, year)) {
      if (model.tasks.first[unit] === null) undated += 1;
      return false;
    }
    return true;
  };
  /** @type {Selection} */
  const found = { links: [], tasks: [], duties: [], undated: 0 };
  for (let unit = 0; unit < model.unitCount; unit++) {
    if (!shown(unit)) continue;
    let some = false;
    for (const link of model.linksOfUnit.of(unit)) {
      const agent = links.agent[link];
      if (role >= 0 && links.role[link] !== role) continue;
      if (kind >= 0 && agents.kind[agent] !== kind) continue;
      if (least && links.conf[link] < least) continue;
      if (STATE.groups === "no" && agents.form[agent] !== 0) continue;
      found.links.push(link);
      some = true;
    }
    if (some || !byAgent) (unit < model.taskCount ? found.tasks : found.duties).push(unit);
  }
  found.undated = undated;
  return found;
}
