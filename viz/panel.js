"use strict";
// Around the picture: search, details with quotes, the table, the legend, language and theme.
function get(id) { return document.getElementById(id); }

// ---- details
function sourceLine(fact) {
  if (fact.source === null) return null;
  var where = FACTS.sources[fact.source];
  if (fact.start !== null && fact.end !== null) where += " · " + say("ký tự ", "characters ") + fact.start + "–" + fact.end;
  return element("div", say("Nguồn: ", "Source: ") + where, { "class": "source" });
}

function addEvidence(parent, fact) {
  if (fact.quote) parent.append(element("blockquote", fact.quote));
  var line = sourceLine(fact);
  if (line) parent.append(line);
}

function addLinks(parent, id) {
  Object.keys(ROLE_NAMES).forEach(function (role) {
    [0, 1].forEach(function (end) {
      var links = TOUCHING[id].filter(function (link) { return link.role === role && (end ? link.to : link.from) === id; });
      if (!links.length) return;
      parent.append(element("h3", say.apply(null, ROLE_NAMES[role][end]) + " (" + links.length + ")"));
      var list = element("ul");
      links.forEach(function (link) {
        var other = NODES[end ? link.from : link.to], item = element("li"), go = element("button", other.label, { type: "button", "class": "go" });
        go.addEventListener("click", function () { choose(other.id); });
        item.append(go);
        if (link.inferred) item.append(element("div", say("suy ra, văn bản không nói rõ", "inferred, not stated in the text"), { "class": "source" }));
        if (link.quote !== other.label) addEvidence(item, link); else addEvidence(item, Object.assign({}, link, { quote: null }));
        list.append(item);
      });
      parent.append(list);
    });
  });
}

function choose(id) {
  var box = get("details");
  LOOK.detailed = id;
  if (id === null) { box.hidden = true; mark(null); return; }
  var one = NODES[id], close = element("button", say("Đóng", "Close"), { type: "button", "class": "close" });
  close.addEventListener("click", function () { choose(null); STAGE.focus(); });
  box.replaceChildren(close, element("h2", one.label));
  var what = [kindName(one.kind)];
  if (one.province) what.push(one.province);
  if (one.kind === "agency" || one.kind === "group") what.push(say("chủ trì ", "leads ") + one.load + say(" nhiệm vụ", one.load === 1 ? " task" : " tasks"));
  box.append(element("p", what.join(" · "), { "class": "what" }));
  addEvidence(box, one);
  addLinks(box, id);
  if (one.iri) box.append(element("p", one.iri, { "class": "source" }));
  box.hidden = false;
  box.scrollTop = 0;
  mark(id);
  if (LOOK.chosen !== null) bringIntoView(LOOK.chosen);
}

// ---- search
var KEYS = NODES.map(function (one) { return fold(one.label + " " + (one.province || "")); });
var ORDER = ["agency", "group", "plan", "decision", "task", "open-group"];

function find(text) {
  var words = fold(text).split(/\s+/).filter(Boolean), whole = words.join(" ");
  if (!words.length) return [];
  return NODES.filter(function (one) { return words.every(function (word) { return KEYS[one.id].includes(word); }); })
    .map(function (one) { return { one: one, close: KEYS[one.id].startsWith(whole) ? 0 : KEYS[one.id].includes(whole) ? 1 : 2 }; })
    .sort(function (a, b) {
      return a.close - b.close || ORDER.indexOf(a.one.kind) - ORDER.indexOf(b.one.kind) || b.one.load - a.one.load || a.one.id - b.one.id;
    }).slice(0, 40).map(function (hit) { return hit.one; });
}

function showHits() {
  var field = get("search"), list = get("hits"), hits = find(field.value);
  list.replaceChildren();
  hits.forEach(function (one, at) {
    var item = element("li", one.label + " ", { role: "option", id: "hit-" + at, "aria-selected": String(at === 0), "data-id": one.id });
    item.append(element("small", "– " + kindName(one.kind) + (one.province ? ", " + one.province : "")));
    item.addEventListener("mousedown", function (event) { event.preventDefault(); take(one.id); });
    list.append(item);
  });
  if (!hits.length && fold(field.value)) list.append(element("li", say("Không tìm thấy.", "Nothing found.")));
  var open = Boolean(fold(field.value));
  list.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  if (hits.length) field.setAttribute("aria-activedescendant", "hit-0"); else field.removeAttribute("aria-activedescendant");
}

function closeHits() { get("hits").hidden = true; get("search").setAttribute("aria-expanded", "false"); }
function take(id) { closeHits(); choose(id); }

function searchKey(event) {
  var options = Array.from(get("hits").querySelectorAll("[role=option]"));
  var now = options.findIndex(function (item) { return item.getAttribute("aria-selected") === "true"; });
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!options.length) return;
    var next = (now + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
    options.forEach(function (item, at) { item.setAttribute("aria-selected", String(at === next)); });
    options[next].scrollIntoView({ block: "nearest" });
    get("search").setAttribute("aria-activedescendant", options[next].id);
    event.preventDefault();
  } else if (event.key === "Enter" && now >= 0 && !get("hits").hidden) take(Number(options[now].dataset.id));
  else if (event.key === "Escape") closeHits();
}

// ---- table
var COLUMNS = [["Tỉnh", "Province"], ["Cơ quan", "Agency"], ["Chủ trì (tính đủ)", "Led (full)"], ["Chủ trì (chia phần)", "Led (shared)"], ["Phối hợp", "Partner in"], ["Việc trong lời văn", "Duties in prose"]];
var SORT = { column: 2, down: true };
var COLLATOR = new Intl.Collator("vi");

function shownRows() {
  var province = get("filter-province").value, words = fold(get("filter-name").value).split(/\s+/).filter(Boolean), groups = get("filter-groups").checked;
  return FACTS.rows.filter(function (row) {
    var name = fold(row[1]);
    return (groups || row[6] === "agency") && (!province || row[0] === province) && words.every(function (word) { return name.includes(word); });
  }).sort(function (a, b) {
    var open = (a[6] === "open-group") - (b[6] === "open-group");
    var x = a[SORT.column], y = b[SORT.column];
    var order = typeof x === "number" ? x - y : COLLATOR.compare(x, y);
    return open || (SORT.down ? -order : order) || b[2] - a[2] || COLLATOR.compare(a[0], b[0]) || COLLATOR.compare(a[1], b[1]);
  });
}

function drawHead() {
  var head = get("leads").tHead.rows[0];
  head.replaceChildren();
  COLUMNS.forEach(function (names, at) {
    var cell = element("th", null, { scope: "col", "aria-sort": at !== SORT.column ? "none" : SORT.down ? "descending" : "ascending" });
    if (at > 1) cell.className = "number";
    var button = element("button", say.apply(null, names) + (at === SORT.column ? (SORT.down ? " ▼" : " ▲") : ""), { type: "button" });
    button.addEventListener("click", function () {
      SORT = { column: at, down: at === SORT.column ? !SORT.down : at > 1 };
      drawTable();
      get("leads").tHead.rows[0].cells[at].firstChild.focus();
    });
    cell.append(button);
    head.append(cell);
  });
}

function drawTable() {
  drawHead();
  var rows = shownRows(), most = Math.max.apply(null, [1].concat(rows.map(function (row) { return row[2]; })));
  var number = new Intl.NumberFormat(say("vi", "en"), { maximumFractionDigits: 2 });
  get("leads").tBodies[0].replaceChildren.apply(get("leads").tBodies[0], rows.map(function (row) {
    var line = element("tr", null, row[6] === "open-group" ? { "class": "open" } : {});
    row.slice(0, 6).forEach(function (value, at) {
      var cell = element("td", null, at > 1 ? { "class": "number" } : {});
      if (at === 1 && row[7] !== null) {
        var go = element("button", value, { type: "button" });
        go.addEventListener("click", function () { choose(row[7]); get("stage").scrollIntoView({ block: "nearest" }); });
        cell.append(go);
      } else if (at > 1) {
        if (at === 2 && value && row[6] === "agency") {
          var bar = element("span", null, { "class": "bar", "aria-hidden": "true" });
          bar.style.width = Math.round(48 * value / most) + "px";
          cell.append(bar);
        }
        cell.append(number.format(value));
      } else cell.textContent = value;
      line.append(cell);
    });
    return line;
  }));
  get("count").textContent = say(rows.length + " dòng", rows.length + (rows.length === 1 ? " row" : " rows"));
}

function drawProvinces() {
  var names = Array.from(new Set(FACTS.rows.map(function (row) { return row[0]; }))).filter(Boolean).sort(COLLATOR.compare), field = get("filter-province"), was = field.value;
  field.replaceChildren(element("option", say("Tất cả", "All"), { value: "" }));
  names.forEach(function (name) { field.append(element("option", name, { value: name })); });
  field.value = was;
}

// ---- legend, language, theme
function drawLegend() {
  var box = get("legend"), svg = "http://www.w3.org/2000/svg";
  function item(shape, words, marks) {
    var line = element("li"), image = document.createElementNS(svg, "svg"), part = document.createElementNS(svg, shape);
    image.setAttribute("viewBox", shape === "line" ? "0 0 28 14" : "0 0 14 14");
    if (shape !== "line") image.setAttribute("class", "node");
    image.setAttribute("aria-hidden", "true");
    Object.keys(marks).forEach(function (key) { part.setAttribute(key, marks[key]); });
    image.append(part);
    line.append(image, document.createTextNode(words));
    box.append(line);
  }
  function stroke(colour, width, dashes) { return { x1: 0, y1: 7, x2: 28, y2: 7, stroke: colour, "stroke-width": width, "stroke-dasharray": dashes || "none" }; }
  box.replaceChildren();
  item("polygon", say("Quyết định", "Decision"), { points: "7,0 14,7 7,14 0,7", fill: "#8e63c7" });
  item("rect", say("Kế hoạch", "Plan"), { x: 1, y: 1, width: 12, height: 12, fill: "#2f7fd1" });
  if (LOOK.view === "tasks") item("circle", say("Nhiệm vụ", "Task"), { cx: 7, cy: 7, r: 4, fill: "#7d8894" });
  item("circle", say("Cơ quan (to = chủ trì nhiều)", "Agency (larger = leads more)"), { cx: 7, cy: 7, r: 7, fill: "#d9730d" });
  item("rect", say("Nhóm cơ quan", "Group"), { x: 1, y: 1, width: 12, height: 12, fill: "#a8762a" });
  item("circle", say("Nhóm mở", "Open-ended group"), { cx: 7, cy: 7, r: 6, fill: "none", stroke: "#7d8894", "stroke-width": 1.5, "stroke-dasharray": "3 2" });
  item("line", say("chủ trì", "leads"), stroke("#d95f0d", 4));
  item("line", say("phối hợp", "partner"), stroke("#1f8fa8", 2.5, "6 4"));
  item("line", say("chịu trách nhiệm", "responsible"), stroke("#788c32", 2.5, "2 4"));
  item("line", say("thực hiện quyết định", "implements"), stroke("#8e63c7", 1.8));
  if (EDGES.some(function (link) { return link.inferred; })) item("line", say("suy ra", "inferred"), stroke("#7d8894", 2, "9 3 2 3"));
}

function switchLanguage(language) {
  LOOK.language = language;
  document.documentElement.lang = language;
  [["data-en", null], ["data-en-placeholder", "placeholder"], ["data-en-label", "aria-label"]].forEach(function (pair) {
    document.querySelectorAll("[" + pair[0] + "]").forEach(function (one) {
      var kept = pair[0].replace("data-en", "data-vi");
      if (!one.hasAttribute(kept)) one.setAttribute(kept, pair[1] ? one.getAttribute(pair[1]) : one.textContent);
      var text = one.getAttribute(language === "vi" ? kept : pair[0]);
      if (pair[1]) one.setAttribute(pair[1], text); else one.textContent = text;
    });
  });
  STAGE.setAttribute("aria-label", say("Sơ đồ quyết định, kế hoạch, nhiệm vụ và cơ quan", "Diagram of decisions, plans, tasks and agencies"));
  STAGE.setAttribute("aria-roledescription", say("sơ đồ", "diagram"));
  get("language").textContent = say("English", "Tiếng Việt");
  get("language").lang = say("en", "vi");
  get("notice").textContent = say(
    "Sơ đồ có " + NODES.length + " nút, quá " + FACTS.limit + ": chỉ vẽ tổng quan, các nhiệm vụ được gộp lại. Bấm vào một cơ quan hay kế hoạch để xem từng nhiệm vụ.",
    "The graph has " + NODES.length + " nodes, more than " + FACTS.limit + ": only the overview is drawn, with tasks folded. Click an agency or a plan to read its tasks.");
  drawLegend();
  drawProvinces();
  drawTable();
  if (LOOK.detailed !== null && LOOK.detailed !== undefined) choose(LOOK.detailed);
  network.redraw();
}

function switchTheme(name) {
  document.documentElement.dataset.theme = name;
  readColours();
  network.redraw();
}

var SYSTEM_DARK = matchMedia("(prefers-color-scheme: dark)");
SYSTEM_DARK.addEventListener("change", function (event) { switchTheme(event.matches ? "dark" : "light"); });
get("theme").addEventListener("click", function () { switchTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"); });
get("language").addEventListener("click", function () { switchLanguage(say("en", "vi")); });
["folded", "tasks"].forEach(function (name) {
  get("view-" + name).addEventListener("click", function () { choose(null); showView(name); drawLegend(); });
});
get("fit").addEventListener("click", fitAll);
get("search").addEventListener("input", showHits);
get("search").addEventListener("keydown", searchKey);
get("search").addEventListener("blur", closeHits);
["filter-province", "filter-name", "filter-groups"].forEach(function (id) { get(id).addEventListener("input", drawTable); });
document.addEventListener("keydown", function (event) { if (event.key === "Escape" && event.target !== get("search") && !get("details").hidden) { choose(null); STAGE.focus(); } });
get("view-tasks").disabled = !FACTS.views.tasks;
get("notice").hidden = Boolean(FACTS.views.tasks);
switchTheme(SYSTEM_DARK.matches ? "dark" : "light");
switchLanguage("vi");
fitAll();
