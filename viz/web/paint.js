// A scene on the canvas: panels, edges, nodes, then names, the most important first and none on another.
import { Boxes, cutName, differences, twoLines } from "./names.js";
import { element, shape } from "./text.js";

const FONT = '"Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const MOVING_EDGES = 12000;
const MOVING_NAMES = 12000;
/** Segments stroked at once: a path of very many costs more than its parts. */
const BATCH = 400;
export const LOOKS = ["task", "agency", "group", "open-group", "doc", "decision"];
export const EDGE_COLOURS = ["lead", "partner", "responsible", "implements", "inferred", "contains"];
export const DASHES = [[], [6, 4], [2, 3], [], [9, 3, 2, 3], []];
/** Names on a picture, and while it moves. */
const MOST_NAMES = 700, MOVING_MOST = 150;
/** Pixels by which a name beside its node may give way to its neighbours; from the second on a line leads to it, so long. */
const GIVES = [0, -3, 3, -5, 5, -7, 7, -9, 9], NEAR = 3, LINE = 9;
/** Nodes up to which names keep off all of them. */
const OBSTACLES = 1500;

/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {import("./scene.js").Scene} Scene */

/** @param {Stage} stage @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {boolean} moving */
export function paint(stage, pen, scene, moving) {
  const { ratio, scale, colours } = stage;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = colours.ground;
  pen.fillRect(0, 0, stage.width, stage.height);
  pen.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * stage.left, ratio * stage.top);
  for (const panel of scene.panels) {
    pen.fillStyle = colours.panel; pen.strokeStyle = colours["panel-edge"]; pen.lineWidth = 1 / scale;
    pen.beginPath(); pen.roundRect(panel.x, panel.y, panel.w, panel.h, 10); pen.fill(); pen.stroke();
  }
  paintEdges(stage, pen, scene, moving);
  paintNodes(stage, pen, scene);
  if (moving && scene.nodes.length > MOVING_NAMES) return;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintNames(stage, pen, scene, moving);
}

/** @param {Stage} stage @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {boolean} moving */
function paintEdges(stage, pen, scene, moving) {
  const { scale } = stage, { x, y } = scene, many = scene.edges.length > 4000, dense = scene.edges.length > 350;
  const x0 = -stage.left / scale, y0 = -stage.top / scale, x1 = (stage.width - stage.left) / scale, y1 = (stage.height - stage.top) / scale;
  const skip = moving && scene.edges.length > MOVING_EDGES ? Math.ceil(scene.edges.length / MOVING_EDGES) : 1;
  for (let role = 5; role >= 0; role--) {
    const edges = /** @type {import("./scene.js").Edge[][]} */ (stage.byRole)[role];
    if (!edges.length) continue;
    pen.strokeStyle = stage.colours["edge-" + EDGE_COLOURS[role]];
    pen.globalAlpha = stage.chosen >= 0 && stage.near.size ? 0.12 : many ? 0.25 : role === 5 ? 0.3 : dense ? 0.32 : 0.55;
    pen.setLineDash(many ? [] : DASHES[role].map((dash) => dash / Math.max(scale, 0.5)));
    const weighted = !many && role < 3 && !scene.names;
    pen.lineWidth = (many || dense ? 0.7 : 1.2) / Math.max(scale, 0.4);
    pen.beginPath();
    let held = 0;
    for (let at = 0; at < edges.length; at += skip) {
      const { a, b, weight } = edges[at], ax = x[a], ay = y[a], bx = x[b], by = y[b];
      if ((ax < x0 && bx < x0) || (ax > x1 && bx > x1) || (ay < y0 && by < y0) || (ay > y1 && by > y1)) continue;
      if (weighted && weight > 1) {
        pen.stroke(); pen.beginPath();
        const thin = pen.lineWidth;
        pen.lineWidth = thin * (1 + 0.8 * Math.min(weight - 1, 10) ** 0.7);
        pen.moveTo(ax, ay); pen.lineTo(bx, by); pen.stroke(); pen.beginPath();
        pen.lineWidth = thin;
      } else {
        pen.moveTo(ax, ay); pen.lineTo(bx, by);
        if (++held % BATCH === 0) { pen.stroke(); pen.beginPath(); }
      }
    }
    pen.stroke();
  }
  pen.setLineDash([]);
  if (stage.chosen >= 0) for (const edge of scene.edges) if (edge.a === stage.chosen || edge.b === stage.chosen) {
    pen.globalAlpha = 0.95; pen.strokeStyle = stage.colours["edge-" + EDGE_COLOURS[edge.role]];
    pen.lineWidth = (1.6 + (scene.names ? 0 : Math.min(edge.weight, 10) * 0.35)) / Math.max(scale, 0.4);
    pen.setLineDash(DASHES[edge.role].map((dash) => dash / Math.max(scale, 0.5)));
    pen.beginPath(); pen.moveTo(x[edge.a], y[edge.a]); pen.lineTo(x[edge.b], y[edge.b]); pen.stroke();
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

/** @param {Stage} stage @param {CanvasRenderingContext2D} pen @param {Scene} scene */
function paintNodes(stage, pen, scene) {
  const { scale } = stage, { x, y } = scene;
  const x0 = -stage.left / scale - 20, y0 = -stage.top / scale - 20, x1 = (stage.width - stage.left) / scale + 20, y1 = (stage.height - stage.top) / scale + 20;
  let colour = "";
  pen.beginPath();
  for (const node of stage.order || []) {
    const nx = x[node], ny = y[node];
    if (nx < x0 || nx > x1 || ny < y0 || ny > y1) continue;
    const own = stage.colourOf(node);
    if (own !== colour) { if (colour) pen.fill(); colour = own; pen.fillStyle = own; pen.beginPath(); }
    const r = stage.radius[node], look = stage.look[node];
    if (r * scale < 1.6) pen.rect(nx - r, ny - r, 2 * r, 2 * r);
    else if (look === 4) pen.rect(nx - r, ny - r, 2 * r, 2 * r);
    else if (look === 5) { pen.moveTo(nx, ny - r); pen.lineTo(nx + r, ny); pen.lineTo(nx, ny + r); pen.lineTo(nx - r, ny); pen.closePath(); }
    else if (look === 2 || look === 3) pen.rect(nx - r * 0.9, ny - r * 0.9, 1.8 * r, 1.8 * r);
    else { pen.moveTo(nx + r, ny); pen.arc(nx, ny, r, 0, 6.2832); }
  }
  if (colour) pen.fill();
  if (stage.chosen >= 0 && scene.nodes.includes(stage.chosen)) {
    pen.strokeStyle = stage.colours.choice; pen.lineWidth = 3 / scale;
    pen.beginPath(); pen.arc(x[stage.chosen], y[stage.chosen], stage.radius[stage.chosen] + 4 / scale, 0, 7); pen.stroke();
  }
}

/** @param {Stage} stage @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {boolean} moving */
function paintNames(stage, pen, scene, moving) {
  const { scale } = stage, taken = new Boxes(), open = !scene.panels.length;
  pen.lineJoin = "round";
  pen.lineWidth = 3;
  pen.strokeStyle = stage.colours.ground;
  pen.fillStyle = stage.colours.ink;
  const put = (/** @type {string[]} */ lines, /** @type {number} */ left, /** @type {number} */ base, /** @type {number} */ size, /** @type {number} */ wide, inside = false) => {
    const high = size * 1.15, bottom = base + (lines.length - 1) * high;
    if (open && inside && (left < 2 || left + wide > stage.width - 2 || base - size < 0 || bottom + 3 > stage.height)) return false;
    if (!taken.take(left - 2, base - size + (open ? 0 : 0.5), left + wide + 2, bottom + (open ? 3 : 2))) return false;
    const middle = lines.length > 1;
    pen.textAlign = middle ? "center" : "left";
    lines.forEach((line, at) => { const x = middle ? left + wide / 2 : left; pen.strokeText(line, x, base + at * high); pen.fillText(line, x, base + at * high); });
    return true;
  };
  const lead = (/** @type {number} */ x0, /** @type {number} */ y0, /** @type {number} */ x1, /** @type {number} */ y1) => {
    pen.strokeStyle = stage.colours.soft; pen.lineWidth = 0.8;
    pen.beginPath(); pen.moveTo(x0, y0); pen.lineTo(x1, y1); pen.stroke();
    pen.strokeStyle = stage.colours.ground; pen.lineWidth = 3;
  };
  for (const panel of scene.panels) {
    const size = Math.max(12, Math.min(19, 17 * scale));
    pen.font = "700 " + size + "px " + FONT;
    const [text, wide] = fit(stage, pen, panel.name, "700 ", size, Math.max(panel.w * scale - 16, 60), moving, 0);
    put([text], panel.x * scale + stage.left + 10, panel.y * scale + stage.top + size + 4, size, wide);
  }
  // Names of plans and decisions come first, on whatever lies there; then names of agencies and tasks keep off the nodes.
  let clear = !open || scene.nodes.length > OBSTACLES;
  const keepOff = () => {
    clear = true;
    for (const node of scene.nodes) {
      const x = scene.x[node] * scale + stage.left, y = scene.y[node] * scale + stage.top, r = stage.radius[node] * scale;
      if (stage.look[node] && r > 2 && x > 0 && y > 0 && x < stage.width && y < stage.height) taken.take(x - r, y - r, x + r, y + r, true);
    }
  };
  const named = stage.named || [], first = stage.chosen >= 0 ? [stage.chosen, ...named.filter((node) => stage.near.has(node)), ...named] : named, done = new Set();
  for (const node of first) {
    if (done.size > (moving ? MOVING_MOST : MOST_NAMES)) break;
    if (done.has(node)) continue;
    const r = stage.radius[node] * scale, near = node === stage.chosen || stage.near.has(node), kind = stage.model.kindOf(node);
    if (r < (!open ? 1.2 : scene.nodes.length > 400 ? 1.5 : 2.2) && !near && kind === "agency") continue;
    if (kind === "task" && !near && scale < (scene.nodes.length > 120 ? 1.5 : 0.5)) continue;
    const x = scene.x[node] * scale + stage.left, y = scene.y[node] * scale + stage.top, side = scene.side[node];
    if (!clear && (kind === "agency" || kind === "task")) keepOff();
    if (x < -50 || y < 0 || x > stage.width + 50 || y > stage.height) continue;
    const main = kind === "doc" || kind === "decision" || node === stage.chosen, size = Math.max(10.5, Math.min(main ? 16 : 14, (main ? 14 : 13) * scale)), weight = main ? "700 " : "";
    pen.font = weight + size + "px " + FONT;
    pen.globalAlpha = stage.chosen >= 0 && !near ? 0.45 : 1;
    const room = node === stage.chosen && open ? 420 : roomOf(stage, scene, node, r), name = stage.mixed && kind === "agency" ? stage.model.shortName(stage.model.rowOf(node), Math.floor(room / size / 0.53)) : stage.model.label(node);
    const parts = kind === "doc" && !side && unitOf(stage, pen, name, weight, size) * size > room ? twoLines(name) : [name];
    const lines = parts.map((part) => fit(stage, pen, part, weight, size, room, moving, differsAt(stage, node))), wide = Math.max(...lines.map((line) => line[1])), words = lines.map((line) => line[0]);
    const beside = (/** @type {number} */ to) => (open ? [0] : GIVES).map((off) => [to * (r + 4 + (Math.abs(off) > NEAR ? LINE : 0)) - (to < 0 ? wide : 0), size / 3 + off]), spots = { "-1": beside(-1), "1": beside(1), "0": [[-wide / 2, r + size + 1], [r + 4, size / 3], [-r - 4 - wide, size / 3], [-wide / 2, -r - 4 - (words.length - 1) * size * 1.15]] }[String(side)] || [];
    const spot = spots.find(([dx, dy]) => put(words, x + dx, y + dy, size, wide, !side));
    if (!spot) continue;
    done.add(node);
    if (side && Math.abs(spot[1] - size / 3) > NEAR) lead(x + side * (r + 1), y, x + side * (r + 3 + LINE), y + spot[1] - size / 3);
  }
  pen.textAlign = "left";
  pen.globalAlpha = 1;
  if (moving) return;
  const agents = scene.nodes.filter((node) => stage.model.kindOf(node) === "agency"), inSight = agents.filter((node) => { const x = scene.x[node] * scale + stage.left, y = scene.y[node] * scale + stage.top; return x >= 0 && y >= 0 && x <= stage.width && y <= stage.height; });
  stage.calls.named(inSight.filter((node) => done.has(node)).length, inSight.length);
}

/** How wide a name may be, in pixels: in a panel up to its edge. @param {Stage} stage @param {Scene} scene @param {number} node @param {number} r */
function roomOf(stage, scene, node, r) {
  const kind = stage.model.kindOf(node), x = scene.x[node], y = scene.y[node], side = scene.side[node];
  const panel = scene.panels.find((one) => x >= one.x && x <= one.x + one.w && y >= one.y && y <= one.y + one.h);
  // Beside a node that stands at a side, up to the edge of the canvas.
  if (!panel && side) return Math.max(90, Math.min(kind === "task" ? 420 : 300, (side < 0 ? x * stage.scale + stage.left : stage.width - x * stage.scale - stage.left) - r - 10));
  if (!panel || kind === "decision") return kind === "task" ? 260 : 240;
  if (!side) return Math.max(118, 175 * stage.scale);
  return Math.max(60, (side < 0 ? x - panel.x : panel.x + panel.w - x) * stage.scale - r - 10 - (stage.dense ? LINE : 0));
}

/** Width of a name in heights of its letters: each is measured once, not at every zoom. @param {Stage} stage @param {CanvasRenderingContext2D} pen @param {string} text @param {string} weight @param {number} size */
function unitOf(stage, pen, text, weight, size) {
  const key = weight + text;
  let unit = stage.widths.get(key);
  if (unit === undefined) { unit = pen.measureText(text).width / size; stage.widths.set(key, unit); }
  return unit;
}

/**
 * A name cut to its room, and its width; while the picture moves, a cut one is taken to be as wide as its share of the letters.
 * @param {Stage} stage
 * @param {CanvasRenderingContext2D} pen its font is set
 * @param {string} text @param {string} weight @param {number} size @param {number} room @param {boolean} moving @param {number} differs
 * @returns {[string, number]}
 */
function fit(stage, pen, text, weight, size, room, moving, differs) {
  const wide = unitOf(stage, pen, text, weight, size) * size;
  if (wide <= room) return [text, wide];
  let keep = Math.max(5, Math.floor((text.length * room) / wide)), cut = cutName(text, keep, differs);
  if (moving) return [cut, (wide * cut.length) / text.length];
  let exact = pen.measureText(cut).width;
  for (; keep > 5 && exact > room; exact = pen.measureText(cut).width) cut = cutName(text, --keep, differs);
  return [cut, exact];
}

/** Where a node's name begins to differ from the others of its panel, or of a scene without panels; known when the first is asked for. @param {Stage} stage @param {number} node */
export function differsAt(stage, node) {
  const { model, scene } = stage, home = (/** @type {number} */ one) => (scene && scene.panels.length ? model.provinceOf(one) : -1);
  if (!stage.differs) {
    stage.differs = new Map();
    /** @type {Map<number, string[]>} */
    const by = new Map();
    for (const one of stage.named || []) if (stage.look[one]) { const held = by.get(home(one)); if (held) held.push(model.label(one)); else by.set(home(one), [model.label(one)]); };
    for (const [province, names] of by) for (const [name, at] of differences(names)) stage.differs.set(province + "|" + name, at);
  }
  return stage.look[node] ? stage.differs.get(home(node) + "|" + model.label(node)) || 0 : -1;
}

/** What stands for what: shapes by their look, lines by their role, else -1. @param {(vi: string, en: string) => string} say @returns {{ name: string, look: number, role: number, words: string }[]} */
export function signsOf(say) {
  const shapes = [["decision", say("văn bản trung ương", "national decision")], ["doc", say("kế hoạch", "plan")], ["agency", say("cơ quan (to: chủ trì nhiều)", "agency (larger: leads more)")], ["group", say("nhóm cơ quan", "group")], ["open-group", say("nhóm mở", "open-ended group")], ["task", say("nhiệm vụ", "task")]];
  const lines = [say("chủ trì", "leads"), say("phối hợp", "partner"), say("thực hiện", "responsible"), say("triển khai", "implements"), say("có lẽ triển khai (suy ra)", "probably implements (inferred)")];
  return [...shapes.map(([name, words]) => ({ name, look: LOOKS.indexOf(name), role: -1, words })), ...lines.map((words, role) => ({ name: "edge-" + EDGE_COLOURS[role], look: -1, role, words }))];
}

/** The legend of the network. @param {(vi: string, en: string) => string} say */
export function legend(say) {
  const sign = (/** @type {string} */ name, /** @type {number} */ look) => element("span", { class: "sign", style: "color:var(--" + name + ")", "aria-hidden": "true" }, look === 5 ? "◆" : look >= 2 ? "■" : "●");
  const line = (/** @type {string} */ name, /** @type {number} */ role) => shape("svg", { class: "line", viewBox: "0 0 30 8", width: 30, height: 8, "aria-hidden": "true" }, shape("line", { x1: 0, y1: 4, x2: 30, y2: 4, "stroke-width": 2.5, stroke: "var(--" + name + ")", "stroke-dasharray": DASHES[role].join(" ") || null }));
  return element("ul", { class: "legend", "aria-label": say("Chú giải", "Legend") }, ...signsOf(say).map(({ name, look, role, words }) => element("li", {}, role < 0 ? sign(name, look) : line(name, role), words)));
}
