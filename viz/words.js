"use strict";
// What the page says in two languages, and how it compares words.
var FACTS = JSON.parse(document.getElementById("facts").textContent);
var LOOK = { language: "vi", view: "folded", chosen: null, hovered: null };

function say(vi, en) { return LOOK.language === "vi" ? vi : en; }

var KIND_NAMES = {
  "decision": ["Quyết định", "Decision"],
  "plan": ["Kế hoạch", "Plan"],
  "task": ["Nhiệm vụ", "Task"],
  "agency": ["Cơ quan", "Agency"],
  "group": ["Nhóm cơ quan", "Group of agencies"],
  "open-group": ["Nhóm mở (không xếp hạng)", "Open-ended group (not ranked)"]
};
// Heading of a list of edges: [seen from the edge's start, seen from its end].
var ROLE_NAMES = {
  "implements": [["Thực hiện quyết định", "Implements"], ["Được triển khai bởi", "Implemented by"]],
  "contains": [["Nhiệm vụ trong kế hoạch", "Tasks of the plan"], ["Thuộc kế hoạch", "In the plan"]],
  "lead": [["Cơ quan chủ trì", "Lead"], ["Chủ trì", "Leads"]],
  "partner": [["Cơ quan phối hợp", "Partners"], ["Phối hợp", "Partner in"]],
  "responsible": [["Được giao trách nhiệm", "Responsible"], ["Chịu trách nhiệm", "Responsible in"]]
};

function kindName(kind) { return say.apply(null, KIND_NAMES[kind]); }

// "Sở Công Thương" → "so cong thuong": đ has no decomposition, so it is replaced by itself.
function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
}

function node(id) {
  var row = FACTS.nodes[id];
  return { id: id, kind: row[0], label: row[1], province: row[2], load: row[3], iri: row[4],
    quote: row[5], source: row[6], start: row[7], end: row[8] };
}

function edge(row) {
  return { from: row[0], to: row[1], role: row[2], inferred: row[3] === 1,
    quote: row[4], source: row[5], start: row[6], end: row[7] };
}

var NODES = FACTS.nodes.map(function (_, id) { return node(id); });
var EDGES = FACTS.edges.map(edge);
var TOUCHING = NODES.map(function () { return []; });
EDGES.forEach(function (link) { TOUCHING[link.from].push(link); TOUCHING[link.to].push(link); });

function element(name, text, attributes) {
  var made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = text;
  Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
  return made;
}
