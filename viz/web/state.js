// What the reader is looking at, kept in the address so that any view can be sent.

/**
 * @typedef {object} State
 * @property {string} view
 * @property {string} lang
 * @property {string} theme "" follows the system
 * @property {string} asof ISO day, "" as written
 * @property {string} province name
 * @property {string} role
 * @property {string} kind slug of a kind of agency
 * @property {string} year
 * @property {string} sector
 * @property {string} doc address of a document
 * @property {string} conf least confidence
 * @property {string} groups "no": groups are left out
 * @property {string} node address of what is chosen
 * @property {string} ego address of what the neighbourhood is of
 * @property {string} to address of the other end of a path
 * @property {string} at "start-end" in the document
 * @property {string} matrix what the matrix sets beside each other: "" kinds × provinces, shared, pairs
 * @property {string} flow what stands in the middle of the flow: "" groups of tasks, province
 * @property {string} cell key of the figure whose tasks are listed at the side, as the view names it
 * @property {string} measure what the map is shaded by: "" for tasks, duties, clear
 * @property {string} ask name of a question
 * @property {string} given values of the question's parameters, as an address writes them
 * @property {string} sparql a query of the reader's own
 * @property {string} chart "bars": an answer is drawn, too
 * @property {string} zoom where the reader has moved a network to, as the stage writes it; "" all of it
 * @property {string} table "open": the table of the picture is unfolded
 * @property {string} sort key of the column that the table is sorted by, "-" before it: downwards; "" as the view has it
 * @property {string} rows how many rows of the table are shown; "" as many as at first
 * @property {string} more "open": the rare filters are unfolded
 * @property {string} find words that rows of the table must have
 * @property {string} hide kinds of marks that the document does not show, with dots between
 */

const DEFAULTS = { view: "overview", lang: "vi", theme: "", asof: "", province: "", role: "", kind: "", year: "", sector: "", doc: "", conf: "", groups: "", node: "", ego: "", to: "", at: "", matrix: "", flow: "", cell: "", measure: "", ask: "", given: "", sparql: "", chart: "", zoom: "", table: "", sort: "", rows: "", more: "", find: "", hide: "" };
export const FILTERS = ["province", "role", "kind", "year", "sector", "doc", "conf", "groups"];

/** What of the state is of one picture or table, and which steps lead to another. @type {[keyof State, string[]][]} */
const ENDS = [["zoom", ["view", "ego", "to", "asof", ...FILTERS]], ["sort", ["view", "matrix", "ask", "sparql"]], ["find", ["view", "matrix", "ask", "sparql"]], ["rows", ["view", "matrix", "ask", "sparql", "asof", ...FILTERS]], ["chart", ["view", "ask", "sparql"]]];
/** Milliseconds without a movement or letter after which the address follows: browsers refuse more than a few changes a second. */
const SETTLED = 250;

/** @type {State} */
export const STATE = { ...DEFAULTS };

/** Set what an address that does not say means. @param {"view"} name @param {string} value */
export function setDefault(name, value) {
  DEFAULTS[name] = value;
}

/** What an address that does not say means. @param {string} name */
export function defaultOf(name) { return /** @type {Record<string, string>} */ (DEFAULTS)[name]; }

/** @type {(() => void)[]} */
const LISTENERS = [];

/** @param {() => void} listener called after each change */
export function onChange(listener) {
  LISTENERS.push(listener);
}

/** Steps of the reader so far: what a step leaves behind is known by it. */
let steps = 0;

/** How many steps the reader has taken. */
export function stepsTaken() { return steps; }

/** The address that is still to be written, 0 for none. */
let pending = 0;

/** Take the state from the address. */
export function readAddress() {
  clearTimeout(pending);
  const given = new URLSearchParams(location.hash.slice(1));
  const known = /** @type {Record<string, string>} */ (STATE);
  for (const [name, value] of Object.entries(DEFAULTS)) known[name] = given.get(name) ?? value;
}

/**
 * Change what is looked at; the address follows.
 * @param {Partial<State>} patch
 * @param {boolean} [quietly] replace the entry of the history: for what is no step of its own
 */
export function change(patch, quietly = false) {
  // A figure is one of its picture: another picture has others. What it lists stays while one of its tasks is looked at.
  if (!("cell" in patch) && Object.keys(patch).some((name) => !["node", "lang", "theme"].includes(name))) STATE.cell = "";
  for (const [name, ends] of ENDS) if (!(name in patch) && ends.some((one) => one in patch)) STATE[name] = "";
  Object.assign(STATE, patch);
  clearTimeout(pending);
  const hash = addressNow();
  if (quietly) history.replaceState(null, "", hash); else { steps += 1; if (hash !== location.hash) history.pushState(null, "", hash); }
  tell();
}

/** The state as an address says it. */
function addressNow() {
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(STATE)) if (value !== /** @type {Record<string, string>} */ (DEFAULTS)[name]) address.set(name, value);
  return "#" + address.toString();
}

/**
 * Keep what was moved or typed where it is already seen: nothing is drawn anew, the address follows when the reader pauses.
 * @param {Partial<State>} patch
 */
export function remember(patch) {
  Object.assign(STATE, patch);
  clearTimeout(pending);
  pending = window.setTimeout(writeAddress, SETTLED);
}

/** Write the address at once, where it does not say the state yet. */
export function writeAddress() {
  clearTimeout(pending);
  const hash = addressNow();
  if (hash !== (location.hash || "#")) history.replaceState(null, "", hash);
}

/** Call those who listen. */
export function tell() {
  for (const listener of LISTENERS) listener();
}

/** Whether any filter is set. */
export function filtered() {
  return FILTERS.some((name) => /** @type {Record<string, string>} */ (STATE)[name] !== "");
}
