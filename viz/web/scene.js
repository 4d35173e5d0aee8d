// Scenes of the network: which nodes and edges stand where. Places come from the page's makers; a filter only closes gaps.
import { STATE, filtered } from "./state.js";
import { inOrder, say } from "./text.js";

/**
 * @typedef {object} Edge
 * @property {number} a node
 * @property {number} b node
 * @property {number} role 0 lead, 1 partner, 2 responsible, 3 implements, 4 inferred implements, 5 contains
 * @property {number} weight
 */

/**
 * @typedef {object} Panel
 * @property {string} name
 * @property {number} x
 * @property {number} y
 * @property {number} w
 * @property {number} h
 */

/**
 * @typedef {object} Scene
 * @property {number[]} nodes
 * @property {Float32Array} x by node
 * @property {Float32Array} y by node
 * @property {Int8Array} side by node: on which side its name stands; 0: where there is room
 * @property {Edge[]} edges
 * @property {Panel[]} panels
 * @property {boolean} names whether tasks have names, too
 * @property {string} note what was left out, "" if nothing
 */

const EGO_LIMIT = 80;
/** Of a panel that a filter or a date leaves: its head, the gap to the next, the height of a row, and the least in which names can stand. */
const HEAD = 62, GAP = 22, ROW = 24, LEAST_ROW = 13.5;
/** Units of a scene to a pixel where it fills the window. */
const UNITS = 1.5;
/** Tasks, or agencies, that stand in one column of a screen, each with its words. */
const COLUMN = 38;

/** @param {import("./data.js").Model} model */
function blank(model) {
  const size = model.nodeCount;
  return { x: new Float32Array(size), y: new Float32Array(size), side: new Int8Array(size) };
}

/**
 * Assignments folded into weighted edges plan–agency.
 * @param {import("./data.js").Model} model
 * @param {number[]} links
 * @returns {Edge[]}
 */
export function foldLinks(model, links) {
  /** @type {Map<number, Edge>} */
  const folded = new Map();
  const seen = new Set();
  for (const link of links) {
    const unit = model.links.of[link], agent = model.links.agent[link], role = model.links.role[link];
    const once = (unit * 3 + role) * model.nodeCount + agent;
    if (seen.has(once)) continue;
    seen.add(once);
    const a = model.docFrom + model.docOf(unit), b = model.agentFrom + agent, key = (a * model.nodeCount + b) * 3 + role;
    const edge = folded.get(key);
    if (edge) edge.weight += 1; else folded.set(key, { a, b, role, weight: 1 });
  }
  return [...folded.values()].sort((p, q) => q.role - p.role || p.a - q.a || p.b - q.b);
}

/** @param {import("./data.js").Model} model @param {Iterable<number>} docs @returns {Edge[]} */
function decisionEdges(model, docs) {
  const edges = [];
  for (const doc of docs) for (const [above, inferred] of model.docs.implements[doc]) edges.push({ a: model.docFrom + doc, b: above, role: inferred ? 4 : 3, weight: 1 });
  return edges;
}

/** Tasks folded away: the picture that the page opens with. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {Scene} */
export function overview(model, selection) {
  const edges = foldLinks(model, selection.links), nodes = new Set(), docs = new Set();
  for (const edge of edges) { nodes.add(edge.a); nodes.add(edge.b); docs.add(edge.a - model.docFrom); }
  for (const unit of [...selection.tasks, ...selection.duties]) { docs.add(model.docOf(unit)); nodes.add(model.docFrom + model.docOf(unit)); }
  const above = decisionEdges(model, docs);
  for (const edge of above) nodes.add(edge.b);
  const scene = { ...blank(model), nodes: [...nodes].sort((p, q) => p - q), edges: [...above, ...edges], panels: /** @type {Panel[]} */ ([]), names: false, note: "" };
  place(model, scene);
  return scene;
}

/**
 * Give the overview's nodes their places; where a filter took nodes away, close the gaps: each panel keeps the order and
 * the sides of its nodes, and the panels move together.
 * @param {import("./data.js").Model} model
 * @param {Scene} scene
 */
function place(model, scene) {
  const { overview: given, panels } = model.payload.places;
  for (let node = 0; node < model.taskFrom; node++) { scene.x[node] = given.x[node]; scene.y[node] = given.y[node]; scene.side[node] = given.side[node]; }
  const named = panels.map(([province, x, y, w, h]) => ({ name: province < 0 ? say("Trung ương, không thuộc tỉnh", "Central, no province") : model.provinces[province], x, y, w, h }));
  const full = scene.nodes.length >= model.taskFrom;
  if (!model.view.day && (full || !filtered())) { scene.panels = named; return; }
  const home = (/** @type {number} */ node) => named.findIndex((one) => scene.x[node] >= one.x && scene.x[node] <= one.x + one.w && scene.y[node] >= one.y && scene.y[node] <= one.y + one.h);
  const loose = scene.nodes.filter((node) => node < model.docFrom || home(node) < 0), placed = scene.nodes.filter((node) => node >= model.docFrom && home(node) >= 0);
  const blocks = model.view.day ? blocksThen(model, placed, named, home) : named.map((panel, at) => ({ panel, nodes: placed.filter((node) => home(node) === at) })).filter((block) => block.nodes.length);
  const sized = blocks.map(({ panel, nodes }) => {
    const sides = [-1, 0, 1].map((side) => nodes.filter((node) => scene.side[node] === side).sort((p, q) => scene.y[p] - scene.y[q]));
    return { panel, sides, rows: Math.max(sides[0].length, sides[2].length, Math.ceil(sides[1].length * 2.4), 2) };
  });
  const gutter = loose.length ? 225 : 0, { columns, pitch, width } = fitColumns(sized.map((one) => one.rows), gutter);
  columns.forEach((members, column) => {
    let top = 0;
    for (const { panel, sides, rows } of members.map((at) => sized[at])) {
      const left = gutter + column * (width + GAP), h = HEAD + rows * pitch;
      scene.panels.push({ name: panel.name, x: left, y: top, w: width, h });
      sides.forEach((nodes, side) => nodes.forEach((node, row) => {
        scene.x[node] = left + width / 2 + (side - 1) * Math.max(width / 2 - 300, width / 7.5);
        scene.y[node] = top + HEAD - 10 + (row + 0.5) * (h - HEAD) / nodes.length;
      }));
      top += h + GAP;
    }
  });
  const tall = Math.max(60, ...scene.panels.map((one) => one.y + one.h));
  loose.forEach((node, at) => { scene.x[node] = 95; scene.y[node] = (at + 0.5) * tall / loose.length; });
}

/**
 * Which panels stand in which column, how high a row and how wide a panel is: what leaves most room to names in this window.
 * @param {number[]} rows of each panel
 * @param {number} gutter room at the left
 * @returns {{ columns: number[][], pitch: number, width: number }}
 */
function fitColumns(rows, gutter) {
  const wide = UNITS * Math.max(320, innerWidth - 34), high = UNITS * Math.max(420, innerHeight - 245);
  let best = { columns: [rows.map((_, at) => at)], pitch: ROW, width: 680, score: -1 };
  for (let count = 1; count <= Math.min(7, rows.length); count++) {
    const columns = shareOut(rows, count), heads = columns.map((members) => members.length * (HEAD + GAP)), held = columns.map((members) => members.reduce((sum, at) => sum + rows[at], 0));
    const pitch = Math.min(ROW, Math.max(LEAST_ROW, Math.min(...held.map((sum, at) => (high - heads[at]) / sum)))), width = Math.min(680, Math.max(375, (wide - gutter) / count - GAP));
    const scale = Math.min(1, high / Math.max(...held.map((sum, at) => sum * pitch + heads[at])), wide / (gutter + count * (width + GAP)));
    const score = Math.min(1, pitch * scale / 19) * Math.min(1, width * scale / 510) + 0.05 * scale * pitch / ROW;
    if (score > best.score + 1e-9) best = { columns, pitch, width, score };
  }
  return best;
}

/** Panels in columns of about one height: the highest first to the lowest column; within a column as they were given. @param {number[]} rows @param {number} count @returns {number[][]} */
function shareOut(rows, count) {
  const high = new Array(count).fill(0), columns = high.map(() => /** @type {number[]} */ ([]));
  for (const at of rows.map((_, at) => at).sort((p, q) => rows[q] - rows[p] || p - q)) {
    const column = high.indexOf(Math.min(...high));
    columns[column].push(at);
    high[column] += rows[at] * LEAST_ROW + HEAD + GAP;
  }
  return columns.map((members) => members.sort((p, q) => p - q)).sort((p, q) => p[0] - q[0]);
}

/**
 * As of a date the panels are those of the provinces of then, in the order of the panels that their nodes stood in.
 * @param {import("./data.js").Model} model
 * @param {number[]} nodes
 * @param {Panel[]} named
 * @param {(node: number) => number} home
 */
function blocksThen(model, nodes, named, home) {
  /** @type {Map<number, number[]>} */
  const by = new Map();
  for (const node of nodes) by.set(model.provinceOf(node), [...(by.get(model.provinceOf(node)) || []), node]);
  const first = (/** @type {number[]} */ list) => list.reduce((least, node) => Math.min(least, home(node)), named.length);
  return [...by].sort((p, q) => first(p[1]) - first(q[1])).map(([province, list]) => ({ nodes: list, panel: { ...named[first(list)], name: province < 0 ? say("Trung ương, không thuộc tỉnh", "Central, no province") : model.provinces[province] } }));
}

/** Every node. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {Scene} */
export function everything(model, selection) {
  const { all } = model.payload.places, scene = { ...blank(model), nodes: /** @type {number[]} */ ([]), edges: /** @type {Edge[]} */ ([]), panels: [], names: true, note: "" };
  scene.x.set(all.x);
  scene.y.set(all.y);
  const shown = new Uint8Array(model.nodeCount), tasks = new Set(selection.tasks);
  for (const task of selection.tasks) {
    shown[model.taskFrom + task] = shown[model.docFrom + model.tasks.doc[task]] = 1;
    scene.edges.push({ a: model.docFrom + model.tasks.doc[task], b: model.taskFrom + task, role: 5, weight: 1 });
  }
  const duties = [];
  for (const link of selection.links) {
    const unit = model.links.of[link], agent = model.agentFrom + model.links.agent[link];
    shown[agent] = 1;
    if (tasks.has(unit)) scene.edges.push({ a: model.taskFrom + unit, b: agent, role: model.links.role[link], weight: 1 });
    else duties.push(link);
  }
  for (const edge of foldLinks(model, duties)) { shown[edge.a] = 1; scene.edges.push(edge); }
  const docs = [];
  for (let doc = 0; doc < model.docs.iri.length; doc++) if (shown[model.docFrom + doc]) docs.push(doc);
  for (const edge of decisionEdges(model, docs)) { shown[edge.b] = 1; scene.edges.push(edge); }
  for (let node = 0; node < model.nodeCount; node++) if (shown[node]) scene.nodes.push(node);
  if (filtered()) inColumns(model, scene);
  return scene;
}

/**
 * What a filter leaves reads as a list where it is short enough: decisions, plans, tasks with their words at the left, and agencies, each near what it is
 * charged with.
 * @param {import("./data.js").Model} model @param {Scene} scene
 */
function inColumns(model, scene) {
  const kinds = ["decision", "doc", "task", "agency"], by = kinds.map((kind) => scene.nodes.filter((node) => model.kindOf(node) === kind)), rows = Math.max(...by.map((nodes) => nodes.length));
  if (rows > COLUMN) { // decisions come to what is left of the rest
    const rest = by.slice(1).flat(), least = (/** @type {Float32Array} */ column, /** @type {number} */ sign) => rest.reduce((most, node) => Math.max(most, sign * column[node]), -Infinity), top = -least(scene.y, -1), left = -least(scene.x, -1), high = least(scene.y, 1) - top;
    by[0].forEach((node, row) => { scene.x[node] = left - 90 - high / 4; scene.y[node] = top + (row + 0.5) * high / by[0].length; });
    return;
  }
  const tall = rows * 24, far = [-720, -510, 0, 330].map((x) => x * Math.max(1, tall / 620));
  /** @type {Map<number, number[]>} */
  const near = new Map();
  for (const { a, b } of scene.edges) for (const [one, other] of [[a, b], [b, a]]) near.set(one, [...(near.get(one) || []), other]);
  for (const at of [2, 3, 1, 0]) {
    const nodes = by[at], middle = new Map(nodes.map((node) => { const ends = (near.get(node) || []).filter((other) => at === 2 || kinds.indexOf(model.kindOf(other)) === (at === 0 ? 1 : 2)); return [node, at === 2 ? node : ends.reduce((sum, other) => sum + scene.y[other], 0) / Math.max(1, ends.length)]; }));
    nodes.sort((p, q) => (middle.get(p) || 0) - (middle.get(q) || 0) || p - q).forEach((node, row) => { scene.x[node] = far[at]; scene.y[node] = (row + 0.5) * tall / nodes.length; scene.side[node] = at === 2 ? -1 : at === 3 ? 1 : 0; });
  }
}

/** One node and what it touches. @param {import("./data.js").Model} model @param {number} centre @param {import("./filter.js").Selection} selection @returns {Scene} */
export function neighbourhood(model, centre, selection) {
  const links = new Set(selection.links), tasks = new Set(selection.tasks), row = model.rowOf(centre), kind = model.kindOf(centre);
  /** @type {Edge[]} */
  let edges = [];
  let note = "";
  if (kind === "task") {
    edges = Array.from(model.linksOfUnit.of(row), (link) => ({ a: centre, b: model.agentFrom + model.links.agent[link], role: model.links.role[link], weight: 1 }));
    edges.push({ a: model.docFrom + model.tasks.doc[row], b: centre, role: 5, weight: 1 });
  } else if (kind === "agency") {
    const own = Array.from(model.linksOfAgent.of(row)).filter((link) => links.has(link));
    const direct = own.filter((link) => model.links.of[link] < model.taskCount && tasks.has(model.links.of[link]));
    if (direct.length <= EGO_LIMIT) {
      edges = direct.map((link) => ({ a: model.taskFrom + model.links.of[link], b: centre, role: model.links.role[link], weight: 1 }));
      edges.push(...foldLinks(model, own.filter((link) => model.links.of[link] >= model.taskCount)));
    } else {
      edges = foldLinks(model, own);
      note = say(direct.length + " nhiệm vụ, quá " + EGO_LIMIT + ": gộp theo kế hoạch. Lọc theo năm hoặc vai trò để thấy từng nhiệm vụ.", direct.length + " tasks, more than " + EGO_LIMIT + ": folded by plan. Filter by year or role to see each.");
    }
  } else if (kind === "doc") edges = [...foldLinks(model, selection.links.filter((link) => model.docOf(model.links.of[link]) === row)), ...decisionEdges(model, [row])];
  if (kind === "doc" || kind === "decision") edges.push(...model.carriersOf(centre).map(({ doc, inferred }) => ({ a: model.docFrom + doc, b: centre, role: inferred ? 4 : 3, weight: 1 })));
  return ring(model, centre, edges, note);
}

/** @param {import("./data.js").Model} model @param {number} centre @param {Edge[]} edges @param {string} note @returns {Scene} */
function ring(model, centre, edges, note) {
  const scene = { ...blank(model), nodes: [centre], edges, panels: [], names: true, note };
  const around = new Map();
  for (const edge of edges) { const other = edge.a === centre ? edge.b : edge.a; around.set(other, Math.min(around.get(other) ?? 9, edge.role)); }
  // Leads on the right, partners on the left, plans and decisions below: the same everywhere.
  /** @type {number[][]} */
  const [right, left, below] = [[], [], []];
  for (const [node, role] of around) (role === 0 ? right : role <= 2 ? left : below).push(node);
  if (!right.length || !left.length) { const half = [...right, ...left]; const cut = Math.ceil(half.length / 2); right.length = left.length = 0; right.push(...half.slice(0, cut)); left.push(...half.slice(cut)); }
  const by = (/** @type {number} */ p, /** @type {number} */ q) => model.kindOf(p).localeCompare(model.kindOf(q)) || inOrder(model.label(p), model.label(q));
  for (const [nodes, side] of /** @type {[number[], number][]} */ ([[right, 1], [left, -1]])) {
    nodes.sort(by).forEach((node, at) => {
      const bend = nodes.length < 2 ? 0 : (at / (nodes.length - 1) - 0.5);
      scene.x[node] = side * (210 + 70 * Math.cos(bend * Math.PI));
      scene.y[node] = bend * Math.max(90, nodes.length * 26);
      scene.side[node] = side;
    });
  }
  const depth = Math.max(right.length, left.length) * 13 + 110;
  below.sort(by).forEach((node, at) => { scene.x[node] = (at - (below.length - 1) / 2) * 190; scene.y[node] = depth; });
  scene.nodes.push(...around.keys());
  return scene;
}

/** The shortest way between two nodes; null where there is none. @param {import("./data.js").Model} model @param {number} from @param {number} to @returns {number[] | null} */
export function shortestPath(model, from, to) {
  const before = new Int32Array(model.nodeCount).fill(-2);
  before[from] = -1;
  let edge = [from];
  while (edge.length && before[to] === -2) {
    const next = [];
    for (const node of edge) for (const other of touching(model, node)) if (before[other] === -2) { before[other] = node; next.push(other); }
    edge = next;
  }
  if (before[to] === -2) return null;
  const path = [];
  for (let node = to; node >= 0; node = before[node]) path.push(node);
  return path.reverse();
}

/** @param {import("./data.js").Model} model @param {number} node @returns {Iterable<number>} */
function* touching(model, node) {
  const row = model.rowOf(node), kind = model.kindOf(node);
  const unitNode = (/** @type {number} */ unit) => (unit < model.taskCount ? model.taskFrom + unit : model.docFrom + model.docOf(unit));
  if (kind === "agency") for (const link of model.linksOfAgent.of(row)) yield unitNode(model.links.of[link]);
  if (kind === "task") { for (const link of model.linksOfUnit.of(row)) yield model.agentFrom + model.links.agent[link]; yield model.docFrom + model.tasks.doc[row]; }
  if (kind === "doc") {
    for (const task of model.tasksOfDoc.of(row)) yield model.taskFrom + task;
    for (const duty of model.dutiesOfDoc.of(row)) for (const link of model.linksOfUnit.of(model.taskCount + duty)) yield model.agentFrom + model.links.agent[link];
    for (const [decision] of model.docs.implements[row]) yield decision;
  }
  if (kind === "doc" || kind === "decision") for (const { doc } of model.carriersOf(node)) yield model.docFrom + doc;
}

/** A path drawn as a chain. @param {import("./data.js").Model} model @param {number[]} path @returns {Scene} */
export function chain(model, path) {
  const scene = { ...blank(model), nodes: path, edges: /** @type {Edge[]} */ ([]), panels: [], names: true, note: "" };
  path.forEach((node, at) => { scene.x[node] = at * 240; scene.y[node] = (at % 2) * 70; });
  for (let at = 1; at < path.length; at++) scene.edges.push({ a: path[at - 1], b: path[at], role: roleBetween(model, path[at - 1], path[at]), weight: 1 });
  return scene;
}

/** @param {import("./data.js").Model} model @param {number} one @param {number} other */
function roleBetween(model, one, other) {
  const [agent, unit] = model.kindOf(one) === "agency" ? [one, other] : [other, one];
  if (model.kindOf(agent) !== "agency") return model.kindOf(one) !== "task" && model.kindOf(other) !== "task" ? 3 : 5;
  const link = Array.from(model.linksOfAgent.of(model.rowOf(agent))).find((at) => {
    const of = model.links.of[at];
    return model.kindOf(unit) === "task" ? of === model.rowOf(unit) : model.docOf(of) === model.rowOf(unit);
  });
  return link === undefined ? 2 : model.links.role[link];
}

/**
 * Who leads, who helps: pairs of agents on one task, leads at the left, partners at the right.
 * @param {import("./data.js").Model} model
 * @param {import("./filter.js").Selection} selection
 * @returns {{ lead: number, partner: number, tasks: number[] }[]}
 */
export function coordinationPairs(model, selection) {
  const pairs = new Map(), links = new Set(selection.links);
  for (const unit of [...selection.tasks, ...selection.duties]) {
    const own = Array.from(model.linksOfUnit.of(unit));
    const leads = [...new Set(own.filter((link) => model.links.role[link] !== 1).map((link) => model.links.agent[link]))];
    const partners = [...new Set(own.filter((link) => model.links.role[link] === 1).map((link) => model.links.agent[link]))];
    if (!own.some((link) => links.has(link))) continue;
    for (const lead of leads) for (const partner of partners) if (lead !== partner) {
      const key = lead * model.agents.iri.length + partner, pair = pairs.get(key);
      if (pair) pair.tasks.push(unit); else pairs.set(key, { lead, partner, tasks: [unit] });
    }
  }
  return [...pairs.values()].sort((p, q) => q.tasks.length - p.tasks.length || p.lead - q.lead || p.partner - q.partner);
}

/** What the network shows now, by the state. @param {import("./data.js").Model} model @param {import("./filter.js").Selection} selection @returns {Scene} */
export function currentScene(model, selection) {
  const ego = STATE.ego ? model.nodeOfIri.get(STATE.ego) : undefined, to = STATE.to ? model.nodeOfIri.get(STATE.to) : undefined;
  if (ego !== undefined && to !== undefined) {
    const path = shortestPath(model, ego, to);
    if (path) return chain(model, path);
    return { ...chain(model, [ego, to]), edges: [], note: say("Không có đường nối giữa hai nút này.", "No path joins these two.") };
  }
  if (ego !== undefined) return neighbourhood(model, ego, selection);
  return STATE.view === "all" ? everything(model, selection) : overview(model, selection);
}
