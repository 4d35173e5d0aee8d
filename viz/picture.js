"use strict";
// The picture: panels behind the network, names in front of it (never two on one another), views, keys.
// `network`, `nodes` and `edges` are the globals of the script that pyvis writes.
var FONT = '"Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
var STAGE = document.getElementById("mynetwork");
var COLOURS = {};
var WIDTHS = new Map();
var NEAR = new Set();

function readColours() {
  var style = getComputedStyle(document.documentElement);
  ["ground", "ink", "soft", "panel-saturation", "panel-light", "panel-edge"].forEach(function (name) {
    COLOURS[name] = style.getPropertyValue("--" + name).trim();
  });
}

function view() { return FACTS.views[LOOK.view]; }

function drawPanels(ctx) {
  var scale = network.getScale();
  view().panels.forEach(function (panel, at) {
    var hue = Math.round((at * 137.5 + 205) % 360) + " " + COLOURS["panel-saturation"] + " ";
    ctx.beginPath();
    ctx.roundRect(panel[1], panel[2], panel[3], panel[4], 10);
    ctx.fillStyle = "hsl(" + hue + COLOURS["panel-light"] + ")";
    ctx.fill();
    ctx.lineWidth = 1 / Math.min(scale, 1);
    ctx.strokeStyle = "hsl(" + hue + COLOURS["panel-edge"] + ")";
    ctx.stroke();
  });
}

function widthOf(text, size, bold) {
  var key = (bold ? "b" : "r") + text;
  if (!WIDTHS.has(key)) {
    var ctx = widthOf.ctx || (widthOf.ctx = document.createElement("canvas").getContext("2d"));
    ctx.font = (bold ? "700 " : "") + "20px " + FONT;
    WIDTHS.set(key, ctx.measureText(text).width / 20);
  }
  return WIDTHS.get(key) * size;
}

function shorten(text, size, room, bold) {
  if (widthOf(text, size, bold) <= room) return text;
  var low = 0, high = text.length;
  while (low < high) {
    var middle = (low + high + 1) >> 1;
    if (widthOf(text.slice(0, middle).trimEnd() + "…", size, bold) <= room) low = middle; else high = middle - 1;
  }
  return low < 6 ? "" : text.slice(0, low).trimEnd() + "…";
}

// What wants a name now, the most important first. All in screen pixels.
function wanted(scale) {
  var places = view().places, rank = { "decision": 5, "plan": 4, "agency": 3, "group": 2.5, "open-group": 1, "task": 0 };
  var list = [];
  NODES.forEach(function (one) {
    var place = places[one.id];
    if (!place) return;
    var chosen = one.id === LOOK.chosen || one.id === LOOK.hovered, near = NEAR.has(one.id);
    if (one.kind === "task" && !chosen && scale < 1.6 && !(near && scale > 1)) return;
    list.push({ one: one, place: place, chosen: chosen, near: near,
      weight: (chosen ? 100 : near ? 20 : 0) + rank[one.kind] + Math.min(one.load, 900) / 1000 });
  });
  return list.sort(function (a, b) { return b.weight - a.weight || a.one.id - b.one.id; });
}

function boxOf(item, scale) {
  var one = item.one, main = one.kind === "decision" || one.kind === "plan";
  var size = Math.max(11, Math.min(main ? 17 : 15, (main ? 14 : 13) * scale));
  var bold = main || item.chosen;
  var side = item.place[2];
  var radius = nodes.get(one.id).size * scale;
  var room = Math.max(56, 218 * scale - radius - 12);
  if (item.chosen) room = 520;
  else if (one.kind === "plan") room = LOOK.view === "folded" ? 184 * scale - 30 : 130 * scale;
  else if (one.kind === "decision") room = Math.max(90, 165 * scale);
  else if (one.kind === "task") room = Math.max(70, 60 * scale);
  // A plan stands among its agencies: half a number there would hide them and say nothing.
  var text = one.kind === "plan" && room < 80 && widthOf(one.label, size, bold) > room ? "" : shorten(one.label, size, room, bold);
  var wide = widthOf(text, size, bold);
  var at = network.canvasToDOM({ x: item.place[0], y: item.place[1] });
  var left = side === 0 ? at.x - wide / 2 : side > 0 ? at.x + radius + 5 : at.x - radius - 5 - wide;
  var top = side === 0 ? at.y + radius + 3 : at.y - size / 2;
  if (item.chosen) left = Math.max(4, Math.min(left, STAGE.clientWidth - wide - 4));
  return { text: text, size: size, bold: bold, left: left, top: top, right: left + wide, bottom: top + size };
}

function titleBoxes() {
  var scale = network.getScale(), size = Math.max(13, Math.min(20, 17 * scale));
  return view().panels.map(function (panel) {
    var at = network.canvasToDOM({ x: panel[1] + 14, y: panel[2] });
    at.y += Math.max(1, 8 * scale - 3);
    var text = shorten(panel[0] || say("Trung ương, không thuộc tỉnh", "Central, no province"), size, Math.max(60, panel[3] * scale - 20), true);
    return { text: text, size: size, bold: true, left: at.x, top: at.y, right: at.x + widthOf(text, size, true), bottom: at.y + size, title: true };
  });
}

function drawNames(ctx) {
  var scale = network.getScale(), wide = STAGE.clientWidth, high = STAGE.clientHeight, placed = [];
  ctx.save();
  // Names are laid out in pixels of the screen, so the drawing leaves the network's coordinates.
  var ratio = ctx.canvas.width / wide;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  function put(box, faint) {
    if (!box.text || box.right < 0 || box.left > wide || box.bottom < 0 || box.top > high) return;
    var clash = placed.some(function (other) {
      return box.left < other.right + 3 && other.left < box.right + 3 && box.top < other.bottom + 0.5 && other.top < box.bottom + 0.5;
    });
    if (clash) return;
    placed.push(box);
    ctx.globalAlpha = faint ? 0.4 : 1;
    ctx.font = (box.bold ? "700 " : "") + box.size + "px " + FONT;
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = COLOURS.ground;
    ctx.strokeText(box.text, box.left, box.top);
    ctx.fillStyle = COLOURS.ink;
    ctx.fillText(box.text, box.left, box.top);
  }
  titleBoxes().forEach(function (box) { put(box, false); });
  wanted(scale).forEach(function (item) {
    if (placed.length < 500) put(boxOf(item, scale), LOOK.chosen !== null && !item.chosen && !item.near);
  });
  ctx.restore();
  LOOK.names = placed;
}

function fitAll() {
  var box = view().box, wide = STAGE.clientWidth, high = STAGE.clientHeight;
  var scale = Math.min((wide - 16) / (box[2] - box[0]), (high - 16) / (box[3] - box[1]));
  network.moveTo({ position: { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 }, scale: Math.min(scale, 1.6) });
}

function showView(name) {
  if (!FACTS.views[name]) return;
  LOOK.view = name;
  var places = FACTS.views[name].places;
  nodes.update(nodes.getIds().map(function (id) {
    var place = places[id];
    return place ? { id: id, x: place[0], y: place[1], hidden: false } : { id: id, hidden: true };
  }));
  edges.update(edges.get().map(function (link) {
    return { id: link.id, hidden: link.view !== "both" && link.view !== name };
  }));
  ["folded", "tasks"].forEach(function (other) {
    document.getElementById("view-" + other).setAttribute("aria-pressed", String(other === name));
  });
  fitAll();
}

// Mark a node and what it touches; a task that is folded away marks its plan.
function mark(id) {
  LOOK.chosen = id;
  NEAR = new Set();
  network.unselectAll();
  if (id === null) { network.redraw(); return; }
  var shown = id;
  if (!view().places[id]) {
    var home = TOUCHING[id].find(function (link) { return link.role === "contains"; });
    shown = home ? home.from : null;
  }
  LOOK.chosen = shown;
  if (shown === null) return;
  network.selectNodes([shown]);
  network.getConnectedNodes(shown).forEach(function (other) { if (view().places[other]) NEAR.add(other); });
  network.redraw();
}

function bringIntoView(id) {
  var place = view().places[id];
  if (!place) return;
  var at = network.canvasToDOM({ x: place[0], y: place[1] });
  var room = STAGE.clientWidth - (document.getElementById("details").hidden ? 0 : 390);
  if (at.x > 60 && at.x < room - 60 && at.y > 30 && at.y < STAGE.clientHeight - 30) return;
  network.moveTo({ position: { x: place[0], y: place[1] }, offset: { x: (room - STAGE.clientWidth) / 2, y: 0 } });
}

function keyPressed(event) {
  var scale = network.getScale(), at = network.getViewPosition(), step = 60 / scale;
  var moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  var agencies = NODES.filter(function (one) { return one.kind === "agency"; })
    .sort(function (a, b) { return b.load - a.load || a.id - b.id; });
  if (moves[event.key]) network.moveTo({ position: { x: at.x + moves[event.key][0], y: at.y + moves[event.key][1] } });
  else if (event.key === "+" || event.key === "=") network.moveTo({ scale: scale * 1.2 });
  else if (event.key === "-") network.moveTo({ scale: scale / 1.2 });
  else if (event.key === "0") fitAll();
  else if ((event.key === "n" || event.key === "p") && agencies.length) {
    var now = agencies.findIndex(function (one) { return one.id === LOOK.chosen; });
    var next = event.key === "n" ? now + 1 : now < 0 ? agencies.length - 1 : now - 1;
    choose(agencies[(next + agencies.length) % agencies.length].id);
  } else return;
  event.preventDefault();
}

readColours();
network.on("beforeDrawing", drawPanels);
network.on("afterDrawing", drawNames);
network.on("hoverNode", function (event) { LOOK.hovered = event.node; STAGE.style.cursor = "pointer"; });
network.on("blurNode", function () { LOOK.hovered = null; STAGE.style.cursor = ""; });
network.on("click", function (event) { if (event.nodes.length) choose(event.nodes[0]); else choose(null); });
network.on("resize", function () { requestAnimationFrame(fitAll); });
STAGE.addEventListener("keydown", keyPressed);
