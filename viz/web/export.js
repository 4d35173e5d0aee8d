// Pictures and networks as files.
import { ROLES } from "./data.js";
import { download } from "./table.js";

/** @param {string} svg @param {string} name */
export function saveSvg(svg, name) { download(name + ".svg", svg, "image/svg+xml"); }

/** Draw an SVG on a canvas and save that. @param {string} svg @param {string} name */
export async function savePng(svg, name) {
  const size = /width="(\d+)" height="(\d+)"/.exec(svg), wide = Number(size && size[1]) || 1200, high = Number(size && size[2]) || 800;
  const scale = Math.min(2, 12000 / Math.max(wide, high)), image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(wide * scale);
  canvas.height = Math.round(high * scale);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => { if (blob) download(name + ".png", blob); }, "image/png");
}

/** The colours of the page written into the SVG: a file has no style sheet of ours. @param {SVGElement} picture */
export function standalone(picture) {
  const copy = /** @type {SVGElement} */ (picture.cloneNode(true)), style = getComputedStyle(document.documentElement);
  const given = picture.getAttribute("viewBox") || "0 0 800 600", [, , wide, high] = given.split(" ");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.removeAttribute("width"); copy.removeAttribute("height");
  const text = new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim() || "#000");
  return text.replace("<svg", `<svg width="${Math.round(Number(wide))}" height="${Math.round(Number(high))}" font-family="Noto Sans, Segoe UI, Arial, sans-serif" style="background:${style.getPropertyValue("--ground").trim()}"`);
}

/** @param {string} text */
const xml = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[sign] || "")).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
const RELATIONS = [...ROLES, "implements", "probably implements", "contains"];

/** The scene as GraphML, for other network programs. @param {import("./data.js").Model} model @param {import("./scene.js").Scene} scene */
export function toGraphml(model, scene) {
  const keys = [["label", "node", "string"], ["kind", "node", "string"], ["province", "node", "string"], ["load", "node", "double"], ["role", "edge", "string"], ["weight", "edge", "double"]];
  const data = (/** @type {string} */ key, /** @type {string | number} */ value) => `<data key="${key}">${typeof value === "number" ? value : xml(value)}</data>`;
  const nodes = scene.nodes.map((node) => `<node id="${xml(model.iri(node))}">${data("label", model.label(node))}${data("kind", model.kindOf(node))}${data("province", model.provinceName(model.provinceOf(node)))}${data("load", loadOf(model, node))}</node>`);
  const edges = scene.edges.map((edge, at) => `<edge id="e${at}" source="${xml(model.iri(edge.a))}" target="${xml(model.iri(edge.b))}">${data("role", RELATIONS[edge.role])}${data("weight", edge.weight)}</edge>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">${keys.map(([id, of, type]) => `<key id="${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>`).join("")}<graph edgedefault="directed">\n${nodes.join("\n")}\n${edges.join("\n")}\n</graph></graphml>\n`;
}

/** The scene as GEXF, with its places, for Gephi. @param {import("./data.js").Model} model @param {import("./scene.js").Scene} scene */
export function toGexf(model, scene) {
  const nodes = scene.nodes.map((node) => `<node id="${xml(model.iri(node))}" label="${xml(model.label(node))}"><attvalues><attvalue for="0" value="${model.kindOf(node)}"/><attvalue for="1" value="${xml(model.provinceName(model.provinceOf(node)))}"/><attvalue for="2" value="${loadOf(model, node)}"/></attvalues><viz:position x="${scene.x[node].toFixed(1)}" y="${(-scene.y[node]).toFixed(1)}" z="0"/></node>`);
  const edges = scene.edges.map((edge, at) => `<edge id="${at}" source="${xml(model.iri(edge.a))}" target="${xml(model.iri(edge.b))}" weight="${edge.weight}" label="${RELATIONS[edge.role]}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><graph defaultedgetype="directed"><attributes class="node"><attribute id="0" title="kind" type="string"/><attribute id="1" title="province" type="string"/><attribute id="2" title="load" type="double"/></attributes><nodes>\n${nodes.join("\n")}\n</nodes><edges>\n${edges.join("\n")}\n</edges></graph></gexf>\n`;
}

/** @param {import("./data.js").Model} model @param {number} node */
function loadOf(model, node) { return model.kindOf(node) === "agency" ? Math.round(model.load[model.rowOf(node)] * 1000) / 1000 : 0; }
