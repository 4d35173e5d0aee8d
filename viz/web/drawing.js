// The network as a drawing of its own: its shapes as on the screen, and below them what they stand for.
import { cutName, twoLines } from "./names.js";
import { DASHES, EDGE_COLOURS, differsAt, signsOf } from "./paint.js";
import { say } from "./text.js";

/** Mean width of a letter of 12 units, plain and bold. */
const LETTER = 6.2, BOLD = 6.9;

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[sign] || ""));
/** @param {number} value */
const short = (value) => String(Math.round(value * 10) / 10);

/** The network as it is seen, as an SVG. @param {import("./stage.js").Stage} stage */
export function sceneSvg(stage) {
  const scene = /** @type {import("./scene.js").Scene} */ (stage.scene), [a, b, c, d] = stage.bounds(), parts = [];
  for (const panel of scene.panels) parts.push(`<rect x="${panel.x}" y="${panel.y}" width="${panel.w}" height="${panel.h}" rx="10" fill="${stage.colours.panel}" stroke="${stage.colours["panel-edge"]}"/><text x="${panel.x + 10}" y="${panel.y + 22}" font-weight="700" font-size="17">${escape(panel.name)}</text>`);
  for (const edge of scene.edges) parts.push(`<line x1="${short(scene.x[edge.a])}" y1="${short(scene.y[edge.a])}" x2="${short(scene.x[edge.b])}" y2="${short(scene.y[edge.b])}" stroke="${stage.colours["edge-" + EDGE_COLOURS[edge.role]]}" stroke-opacity=".55" stroke-width="${short(1 + 0.5 * Math.min(edge.weight, 9))}"${dashes(edge.role)}/>`);
  for (const node of stage.order || []) parts.push(mark(stage.look[node], scene.x[node], scene.y[node], stage.radius[node], stage.colourOf(node), stage.model.label(node)));
  for (const node of stage.named || []) parts.push(nameOf(stage, scene, node));
  const wide = Math.max(c - a, 700), key = signLines(stage, a, d, wide), high = d - b + key.high;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${a} ${b} ${wide} ${high}" width="${Math.round(wide)}" height="${Math.round(high)}" font-family="Noto Sans, Segoe UI, Arial, sans-serif" fill="${stage.colours.ink}"><rect x="${a}" y="${b}" width="${wide}" height="${high}" fill="${stage.colours.ground}"/>${parts.join("")}${key.parts.join("")}</svg>`;
}

/** @param {number} role */
function dashes(role) { return DASHES[role].length ? ` stroke-dasharray="${DASHES[role].join(" ")}"` : ""; }

/** A node's shape: round for agencies and tasks, a square for plans and groups, a lozenge for decisions. @param {number} look @param {number} x @param {number} y @param {number} r @param {string} fill @param {string} title */
function mark(look, x, y, r, fill, title) {
  const told = title ? `<title>${escape(title)}</title>` : "", side = look === 4 ? r : r * 0.9;
  if (look === 5) return `<path d="M${short(x)} ${short(y - r)}L${short(x + r)} ${short(y)}L${short(x)} ${short(y + r)}L${short(x - r)} ${short(y)}Z" fill="${fill}">${told}</path>`;
  if (look >= 2) return `<rect x="${short(x - side)}" y="${short(y - side)}" width="${short(2 * side)}" height="${short(2 * side)}" fill="${fill}">${told}</rect>`;
  return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(r)}" fill="${fill}">${told}</circle>`;
}

/** @param {import("./stage.js").Stage} stage @param {import("./scene.js").Scene} scene @param {number} node */
function nameOf(stage, scene, node) {
  const side = scene.side[node], r = stage.radius[node], anchor = side < 0 ? "end" : side > 0 ? "start" : "middle", name = stage.model.label(node), main = stage.look[node] >= 4;
  const panel = scene.panels.find((one) => scene.x[node] >= one.x && scene.x[node] <= one.x + one.w && scene.y[node] >= one.y && scene.y[node] <= one.y + one.h);
  const room = panel && side ? (side < 0 ? scene.x[node] - panel.x : panel.x + panel.w - scene.x[node]) - r - 10 : panel ? 176 : 42 * LETTER, letters = Math.floor(room / (main ? BOLD : LETTER));
  const x = short(scene.x[node] + side * (r + 4)), lines = (main && name.length > letters ? twoLines(name) : [name]).map((line) => escape(cutName(line, letters, differsAt(stage, node))));
  return `<text x="${x}" y="${short(scene.y[node] + (side ? 4 : r + 13))}" text-anchor="${anchor}" font-size="${panel && side && r < 4.6 ? 9 : 12}"${main ? ' font-weight="700"' : ""} stroke="${stage.colours.ground}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${lines.length > 1 ? lines.map((line, at) => `<tspan x="${x}" dy="${at * 14}">${line}</tspan>`).join("") : lines[0]}</text>`;
}

/** What shapes and lines stand for, in as many lines as it takes. @param {import("./stage.js").Stage} stage @param {number} left @param {number} top @param {number} wide */
function signLines(stage, left, top, wide) {
  const size = Math.max(13, wide / 130), parts = [];
  let x = left + size, y = top + 2 * size;
  for (const { name, look, role, words } of signsOf(say)) {
    const across = (role < 0 ? 1.8 : 3) * size, needs = across + words.length * size * 0.54 + 1.6 * size;
    if (x + needs > left + wide && x > left + size) { x = left + size; y += 1.8 * size; }
    parts.push(role < 0 ? mark(look, x + size * 0.5, y - size * 0.35, size * 0.5, stage.colours[name], "") : `<line x1="${short(x)}" y1="${short(y - size * 0.35)}" x2="${short(x + 2.3 * size)}" y2="${short(y - size * 0.35)}" stroke="${stage.colours[name]}" stroke-width="2.5"${dashes(role)}/>`, `<text x="${short(x + across)}" y="${short(y)}" font-size="${short(size)}" fill="${stage.colours.soft}">${escape(words)}</text>`);
    x += needs;
  }
  return { parts, high: y - top + size };
}
