// The plans as of a date: the payload with each agency and province replaced by who has its work then.

/**
 * What a model shows: as written (day ""), or as of a day.
 * @typedef {object} View
 * @property {string} day ISO, "" as written
 * @property {string[]} standing of each document: in-force, undated, early, over
 * @property {Set<number>} merged documents whose province is part of another
 * @property {Map<number, number[][]>} moved heirs of each agency that changed: agent, share, why, 1 if known
 */

/** @type {View} */
const WRITTEN = { day: "", standing: [], merged: new Set(), moved: new Map() };

/** Whether a text is a day of the calendar, as the address holds it. @param {string} text */
export function isDay(text) {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text + "T00:00:00Z") : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** The day on the reader's clock. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** A month of two digits as documents write it: 01, 02, 3 … 12 (Nghị định 30/2020/NĐ-CP, Phụ lục I). @param {string} month */
export function showMonth(month) { return month < "03" ? month : String(Number(month)); }

/** A day, or a month or year where no more is known, as Vietnamese documents write it. @param {string} day */
export function showDay(day) {
  const [year, month, date] = day.split("-");
  if (!month) return year;
  if (!date) return "tháng " + showMonth(month) + "/" + year;
  return date + "/" + showMonth(month) + "/" + year;
}

/** How a plan stands at a day; the rule is that of kg.resolution.as_of.plan_standing. @param {string | null} date @param {number | null} last @param {string} day */
export function standingAt(date, last, day) {
  if (last !== null && last < Number(day.slice(0, 4))) return "over";
  if (!date) return "undated";
  return date <= day.slice(0, date.length) ? "in-force" : "early";
}

/**
 * @param {import("./data.js").Payload} payload as written
 * @param {string} day ISO, "" as written
 * @returns {{ payload: import("./data.js").Payload, view: View }}
 */
export function payloadAt(payload, day) {
  if (!day) return { payload, view: WRITTEN };
  const { docs, agents, dates } = payload, change = dates.days.filter((one) => one.day <= day).pop() || { agents: [], links: [], docs: [] };
  const standing = docs.iri.map((_, doc) => standingAt(docs.date[doc], docs.last[doc], day)), province = docs.province.slice();
  for (const [doc, to] of change.docs) province[doc] = to;
  /** @type {Map<number, number[][]>} */
  const moved = new Map(change.agents);
  const view = { day, standing, merged: new Set(change.docs.map(([doc]) => doc)), moved };
  return { view, payload: {
    ...payload, docs: { ...docs, province }, agents: joined(agents, dates.agents), links: inherited(payload, new Map(change.links), view), places: placed(payload, [...moved, ...change.links.map(([link, heirs]) => /** @type {[number, number[][]]} */ ([payload.links.agent[link], heirs]))]) } };
}

/** Columns with those of another table below. @param {import("./data.js").Columns} one @param {import("./data.js").Columns} other */
function joined(one, other) {
  return Object.fromEntries(Object.entries(one).map(([name, column]) => [name, column.concat(other[name])]));
}

/**
 * Every assignment of a plan in force, to each heir; `slot` is one for agents that have the same heirs, `source` the assignment as written.
 * @param {import("./data.js").Payload} payload
 * @param {Map<number, number[][]>} settled heirs that the words of a task settle, by assignment
 * @param {View} view
 */
function inherited(payload, settled, view) {
  const { links, tasks, duties } = payload, names = Object.keys(links);
  /** @type {import("./data.js").Columns} */
  const out = Object.fromEntries([...names, "source", "from", "share", "slot", "why", "known"].map((name) => [name, []]));
  for (let link = 0; link < links.of.length; link++) {
    const unit = links.of[link], doc = unit < tasks.iri.length ? tasks.doc[unit] : duties.doc[unit - tasks.iri.length];
    if (!counts(view.standing[doc])) continue;
    const agent = links.agent[link], heirs = settled.get(link) || view.moved.get(agent) || [[agent, 1, -1, 1]];
    const slot = heirs.map(([heir, share]) => heir + ":" + share).sort().join(" ");
    for (const [heir, share, why, known] of heirs) {
      for (const name of names) out[name].push(name === "agent" ? heir : links[name][link]);
      for (const [name, value] of Object.entries({ source: link, from: agent, share, slot, why, known })) out[name].push(value);
    }
  }
  return out;
}

/** Whether a plan counts. @param {string} standing */
export function counts(standing) { return standing !== "early" && standing !== "over"; }

/** Heirs stand where the first agency stood whose work they have. @param {import("./data.js").Payload} payload @param {[number, number[][]][]} moved */
function placed(payload, moved) {
  const { places, decisions, docs, agents, dates } = payload, first = decisions.iri.length + docs.iri.length, tasks = first + agents.iri.length;
  const before = new Map(), nth = new Map();
  for (const [agent, heirs] of moved) heirs.forEach(([heir], at) => { if (!before.has(heir)) { before.set(heir, agent); nth.set(heir, at); } });
  const spread = (/** @type {number[]} */ column, /** @type {number} */ step) => {
    const added = dates.agents.iri.map((_, at) => { const heir = agents.iri.length + at; return before.has(heir) ? column[first + before.get(heir)] + step * nth.get(heir) : 0; });
    return [...column.slice(0, tasks), ...added, ...column.slice(tasks)];
  };
  const { overview, all } = places;
  return { ...places, overview: { x: spread(overview.x, 0), y: spread(overview.y, 1), side: spread(overview.side, 0) }, all: { x: spread(all.x, 0), y: spread(all.y, 14) } };
}
