// What was handed to the page, unpacked: columns, and the ways between them.
import { counts, payloadAt } from "./dates.js";
import { cutName } from "./names.js";
import { inOrder, say } from "./text.js";

/**
 * Columns of one table, all of one length.
 * @typedef {{ [column: string]: any[] }} Columns
 */

/**
 * @typedef {object} Payload see viz/explorer_model.py, which says what each column holds
 * @property {string} title
 * @property {[string, string, number][]} figures
 * @property {string[]} provinces
 * @property {[string, string, string][]} kinds
 * @property {Columns} decisions
 * @property {Columns} docs
 * @property {Columns} agents
 * @property {Columns} tasks
 * @property {Columns} duties
 * @property {Columns} links
 * @property {number[]} possible links as written of which the text says that it is one of several ("hoặc")
 * @property {Columns} sectors
 * @property {Columns} marks
 * @property {(string | null)[]} texts
 * @property {any[]} cases
 * @property {number} caseCount how many there are, known before they are read
 * @property {{ days: { day: string, agents: [number, number[][]][], links: [number, number[][]][], docs: [number, number][] }[], agents: Columns, whys: [string, string][], known: string }} dates who has whose work as of a date
 * @property {Columns} tiles the map of provinces: label, row, column, home of each tile, and the tile `of` each province
 * @property {Columns & { by: [string, string] }} shared work that several plans share, and how that was found
 * @property {string} [pages] on a site: the base address behind which each thing has a page
 * @property {boolean} asks whether SPARQL can be asked here
 * @property {any} [ask] questions, terms, prefixes, endpoint
 * @property {{ overview: { x: number[], y: number[], side: number[] }, all: { x: number[], y: number[] }, panels: [number, number, number, number, number][] }} places
 */

/** @typedef {{ fraction: number, possible: boolean }} Part what an agent has of a role, and whether it is only one of several heirs */

export const ROLES = ["lead", "partner", "responsible"];
export const FORMS = ["agency", "group", "open-group"];
export const KINDS = ["decision", "doc", "agency", "task"];
const MARK_KINDS = ["citation", "target", "reporting", "sector", "finding"];

/** @param {string} packed gzip, base64 */
async function unpack(packed) {
  const letters = atob(packed), bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  const opened = new DecompressionStream("gzip"), writer = opened.writable.getWriter();
  writer.write(bytes).then(() => writer.close());
  return JSON.parse(await new Response(opened.readable).text());
}

/**
 * Lists of items by key, as offsets into one array.
 * @param {number} size number of keys
 * @param {ArrayLike<number>} keys key of each item; below 0: none
 */
function bucket(size, keys) {
  const from = new Uint32Array(size + 1);
  for (let at = 0; at < keys.length; at++) if (keys[at] >= 0) from[keys[at] + 1]++;
  for (let at = 0; at < size; at++) from[at + 1] += from[at];
  const items = new Uint32Array(from[size]), next = from.slice();
  for (let at = 0; at < keys.length; at++) if (keys[at] >= 0) items[next[keys[at]]++] = at;
  return { from, items, of: (/** @type {number} */ key) => items.subarray(from[key], from[key + 1]) };
}

/**
 * Tasks and duties are "units": a unit below `taskCount` is a task, the rest are duties. Nodes of the network are numbered
 * decisions, documents, agents, tasks, in this order.
 */
export class Model {
  /**
   * @param {Payload} payload as of the day of the view
   * @param {import("./dates.js").View} view
   * @param {Model} [written] the same plans as written; this one if there is none
   */
  constructor(payload, view, written) {
    this.payload = payload;
    this.view = view;
    /** @type {Model} */
    this.written = written || this;
    /** @type {Map<string, Map<number, Part>>} */
    this.parts = new Map();
    const { decisions, docs, agents, tasks, duties, links } = payload;
    this.decisions = decisions; this.docs = docs; this.agents = agents; this.tasks = tasks; this.duties = duties; this.links = links;
    this.oneOf = new Set(payload.possible);
    this.sectors = payload.sectors; this.marks = payload.marks; this.provinces = payload.provinces; this.kinds = payload.kinds;
    this.taskCount = tasks.doc.length;
    this.unitCount = this.taskCount + duties.doc.length;
    this.docFrom = decisions.label.length;
    this.agentFrom = this.docFrom + docs.iri.length;
    this.taskFrom = this.agentFrom + agents.label.length;
    this.nodeCount = this.taskFrom + this.taskCount;
    this.linksOfUnit = bucket(this.unitCount, links.of);
    this.linksOfAgent = bucket(agents.label.length, links.agent);
    this.tasksOfDoc = bucket(docs.iri.length, tasks.doc);
    this.dutiesOfDoc = bucket(docs.iri.length, duties.doc);
    this.sectorsOfDoc = bucket(docs.iri.length, payload.sectors.doc);
    /** @type {ReturnType<typeof bucket> | null} */
    this.marked = null;
    /** @type {Map<string, number> | null} */
    this.known = null;
    /** @type {Map<number, { doc: number, inferred: boolean }[]> | null} */
    this.carriers = null;
    this.load = this.#loads();
  }

  /** Marks of each document, sorted when they are first asked for. */
  get marksOfDoc() { return this.marked || (this.marked = bucket(this.docs.iri.length, this.marks.doc)); }

  /** Node by address, made when it is first asked for. */
  get nodeOfIri() {
    if (!this.known) {
      this.known = new Map();
      for (const [column, from] of /** @type {[string[], number][]} */ ([[this.tasks.iri, this.taskFrom], [this.agents.iri, this.agentFrom], [this.docs.iri, this.docFrom], [this.decisions.iri, 0]])) for (let row = column.length - 1; row >= 0; row--) this.known.set(column[row], from + row);
    }
    return this.known;
  }

  /** Tasks led by each agent, shared among the leads of a task. */
  #loads() {
    const load = new Float64Array(this.agents.label.length), { links } = this;
    if (links.share) {
      for (let task = 0; task < this.taskCount; task++) for (const [agent, part] of this.partsOf(task, 0)) load[agent] += part.fraction;
      return load;
    }
    // As written every agent has a whole part of its own: no need to keep who has what.
    for (let task = 0; task < this.taskCount; task++) {
      /** @type {number[]} */
      const leads = [];
      for (let at = this.linksOfUnit.from[task]; at < this.linksOfUnit.from[task + 1]; at++) {
        const link = this.linksOfUnit.items[at];
        if (links.role[link] === 0 && !leads.includes(links.agent[link])) leads.push(links.agent[link]);
      }
      for (const agent of leads) load[agent] += 1 / leads.length;
    }
    return load;
  }

  /**
   * What each agent has of a role, as kg.graph.heirs.parts_of has it: agents written that have the same heirs are one, and the heirs
   * of one that was divided share its part.
   * @param {number} unit
   * @param {number} role
   * @returns {Map<number, Part>}
   */
  partsOf(unit, role) {
    const key = unit + "/" + role, known = this.parts.get(key);
    if (known) return known;
    const { links } = this, slots = new Map(), certain = new Set();
    for (const link of this.linksOfUnit.of(unit)) if (links.role[link] === role) {
      const slot = links.slot ? links.slot[link] : links.agent[link], heirs = slots.get(slot) || new Map();
      slots.set(slot, heirs.set(links.agent[link], links.share ? links.share[link] : 1));
      if (!this.oneOf.has(links.source ? links.source[link] : link)) certain.add(slot);
    }
    /** @type {Map<number, Part>} */
    const found = new Map();
    for (const [slot, heirs] of slots) for (const [agent, share] of heirs) {
      const held = found.get(agent) || { fraction: 0, possible: true };
      found.set(agent, { fraction: held.fraction + share / slots.size, possible: held.possible && (heirs.size > 1 || !certain.has(slot)) });
    }
    this.parts.set(key, found);
    return found;
  }

  /** Names of the agents of a role; "(có thể)" marks one of several heirs, and one of several bodies between which the text says "hoặc". @param {number} unit @param {number} role */
  namesOf(unit, role) {
    return [...this.partsOf(unit, role)].map(([agent, part]) => this.agents.label[agent] + (part.possible ? say(" (có thể)", " (possibly)") : "")).join("; ");
  }

  /** What is told of a mark, in the reader's language. @param {number} mark @returns {string} */
  noteOf(mark) { const note = this.marks.note[mark]; return Array.isArray(note) ? say(note[0], note[1]) : note || ""; }

  /** Where a document names another by its number. @param {number} doc @param {string} number @returns {{ doc: number, start: number, end: number }[]} */
  citationsOf(doc, number) {
    return Array.from(this.marksOfDoc.of(doc)).filter((mark) => this.markKind(mark) === "citation" && this.marks.note[mark] === number && this.marks.start[mark] !== null).map((mark) => ({ doc, start: this.marks.start[mark], end: this.marks.end[mark] }));
  }

  /** Plans in force that carry out a decision or a document. @param {number} node @returns {{ doc: number, inferred: boolean }[]} */
  carriersOf(node) {
    if (!this.carriers) {
      this.carriers = new Map();
      for (const [doc, above] of this.docs.implements.entries()) for (const [of, inferred] of above) this.carriers.set(of, [...(this.carriers.get(of) || []), { doc, inferred: Boolean(inferred) }]);
    }
    return (this.carriers.get(node) || []).filter(({ doc }) => this.inForce(doc));
  }

  /** Whether plans carry a node out: it is drawn as a decision, be it only cited or read itself. @param {number} node */
  isDecision(node) { return node < this.docFrom || (node < this.agentFrom && this.carriersOf(node).length > 0); }

  /** Whether a document counts: as written all do. @param {number} doc */
  inForce(doc) { return !this.view.day || counts(this.view.standing[doc]); }

  /** Whether a node is anything at the day: an agency that nobody charges, or what stands in a plan that is not in force, is not. @param {number} node */
  isThere(node) {
    const kind = this.kindOf(node), row = this.rowOf(node);
    return !this.view.day || kind === "decision" || (kind === "agency" ? this.linksOfAgent.of(row).length > 0 : this.inForce(kind === "doc" ? row : this.tasks.doc[row]));
  }

  /** Names of the provinces that plans in force or their agencies are of. */
  placesInUse() {
    const used = new Set(this.docs.province.filter((_, /** @type {number} */ doc) => this.inForce(doc)));
    for (const agent of this.links.agent) used.add(this.agents.province[agent]);
    return this.provinces.filter((_, at) => used.has(at)).sort((p, q) => inOrder(p, q));
  }

  /** @param {number} node @returns {"decision" | "doc" | "agency" | "task"} */
  kindOf(node) {
    return node < this.docFrom ? "decision" : node < this.agentFrom ? "doc" : node < this.taskFrom ? "agency" : "task";
  }

  /** Row of a node in its own table. @param {number} node */
  rowOf(node) {
    return node < this.docFrom ? node : node < this.agentFrom ? node - this.docFrom : node < this.taskFrom ? node - this.agentFrom : node - this.taskFrom;
  }

  /** @param {number} node */
  columnsOf(node) {
    return node < this.docFrom ? this.decisions : node < this.agentFrom ? this.docs : node < this.taskFrom ? this.agents : this.tasks;
  }

  /** @param {number} node @returns {string} */
  iri(node) { const { iri } = this.columnsOf(node); return iri ? iri[this.rowOf(node)] : ""; }

  /** @param {number} node @returns {string} */
  label(node) {
    const row = this.rowOf(node);
    if (node >= this.taskFrom) return this.unitName(row);
    return this.columnsOf(node).label[row];
  }

  /** @param {number} node @returns {number} index of its province, -1: none */
  provinceOf(node) {
    const kind = this.kindOf(node), row = this.rowOf(node);
    return kind === "decision" ? -1 : kind === "agency" ? this.agents.province[row] : this.docs.province[kind === "doc" ? row : this.tasks.doc[row]];
  }

  /** @param {number} unit */
  docOf(unit) { return unit < this.taskCount ? this.tasks.doc[unit] : this.duties.doc[unit - this.taskCount]; }

  /** Its code and words, "" while the page is still reading them. @param {number} unit @returns {string} */
  unitName(unit) {
    if (!this.tasks.name) return "";
    if (unit >= this.taskCount) return this.duties.text[unit - this.taskCount];
    const code = this.tasks.code[unit];
    return (code ? code + " " : "") + this.tasks.name[unit];
  }

  /** @param {number} unit @returns {[number, number] | null} offsets in the document's text */
  spanOf(unit) {
    const columns = unit < this.taskCount ? this.tasks : this.duties, row = unit < this.taskCount ? unit : unit - this.taskCount;
    return columns.start[row] === null ? null : [columns.start[row], columns.end[row]];
  }

  /** @param {number} province */
  provinceName(province) { return province < 0 ? "" : this.provinces[province]; }

  /** Name of an agency with its place where another bears the same name. @param {number} agent */
  agentName(agent) {
    const place = this.agents.province[agent];
    return this.agents.label[agent] + (place >= 0 ? " – " + this.provinces[place] : "");
  }

  /** Its name with its place, the name cut where both are too long. @param {number} agent @param {number} most */
  shortName(agent, most) {
    const label = this.agents.label[agent], place = this.agentName(agent).slice(label.length);
    return cutName(label, most - place.length) + place;
  }

  /** Agents of one role of a unit, each once. @param {number} unit @param {number} role */
  agentsOf(unit, role) {
    return [...new Set(Array.from(this.linksOfUnit.of(unit)).filter((link) => this.links.role[link] === role).map((link) => this.links.agent[link]))];
  }

  /** The words of a document between two offsets (code points), null where the page has not its text. @param {number} doc @param {number} start @param {number} end */
  quote(doc, start, end) {
    const text = this.text(doc);
    return text === null ? null : text.slice(start, end);
  }

  /** The document's canonical text, one array item a code point only where letters beyond the basic plane make it needed. @param {number} doc @returns {string | null} */
  text(doc) {
    return this.payload.texts[doc] ?? null;
  }

  /** @param {number} mark */
  markKind(mark) { return MARK_KINDS[this.marks.kind[mark]]; }
}

/** @param {string} name */
function held(name) { const holder = document.getElementById(name); return unpack((holder && holder.textContent || "").trim()); }

/** The whole page is there: what stands below the script, too. */
async function parsed() { if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true })); }

/** Read what the first picture of a network or a matrix needs, as written: who and how many. */
export async function readModel() {
  const given = await held("payload");
  const { payload, view } = payloadAt({ ...given, texts: [], cases: [] }, "");
  return new Model(payload, view);
}

/** Read names of tasks, addresses and all else but texts and cases. @param {Model} model as written */
export async function readWords(model) {
  await parsed();
  const payload = /** @type {any} */ (model.payload), words = await held("words");
  for (const name of Object.keys(words)) payload[name] = Object.assign(payload[name] || {}, words[name]);
}

/** Read texts and cases into the payload: the models as of other days share them. @param {Model} model */
export async function readRest(model) {
  const rest = await held("rest");
  for (const name of /** @type {("texts" | "cases")[]} */ (["texts", "cases"])) for (const one of rest[name]) model.payload[name].push(one);
}

/** The same plans as of a day. @param {Model} written @param {string} day */
export function modelAt(written, day) {
  const { payload, view } = payloadAt(written.payload, day);
  return new Model(payload, view, written);
}
