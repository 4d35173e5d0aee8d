// The page: tabs, filters, the picture with its table, the panel at the side.
import { checkAddress, ignore, tellIgnored } from "./address.js";
import { canAsk, drawAsk } from "./ask.js";
import { drawBehind, openCell } from "./behind.js";
import { drawLoads, drawSectors, drawYears, loadListing, loads, sectorListing, sectorLists, sectorRows, sectorSvg, yearListing, yearLists, years } from "./charts.js";
import { drawShared, sharedGrid, sharedListing, sharedLists, sharedSvg } from "./coverage.js";
import { modelAt, readModel, readRest, readWords } from "./data.js";
import { isDay } from "./dates.js";
import { drawDetails } from "./details.js";
import { drawDocument } from "./document.js";
import { sceneSvg } from "./drawing.js";
import { savePng, saveSvg, standalone, toGexf, toGraphml } from "./export.js";
import { isYear, select } from "./filter.js";
import { drawFlows, flowChooser, flowListing, flowLists, flows } from "./flow.js";
import { enterPanel, enterText, keepSpot, leavePanel, spotNow, watchKeys } from "./focus.js";
import { chooseDay, dayOptions, drawHeirs, heirListing, orphans, tellDay } from "./heirs.js";
import { behindEdge, caseListing, drawCases, drawPairs, edgeKey, edgeListing, pairListing, pairLists, taskListing, tellEdge } from "./lists.js";
import { drawMap, mapListing, mapRows } from "./map.js";
import { cellListing, cellLists, drawMatrix, matrixSvg, pairCells, provinceCells } from "./matrix.js";
import { coordinationPairs, currentScene } from "./scene.js";
import { kindName, makeSearch } from "./search.js";
import { legend } from "./paint.js";
import { Stage } from "./stage.js";
import { FILTERS, STATE, change, defaultOf, filtered, onChange, readAddress, remember, setDefault, tell, writeAddress } from "./state.js";
import { SPEECH, element, figure, get, inOrder, say, shorten } from "./text.js";
import { download, knowsOrder, makeTable } from "./table.js";
import { MATRICES, VIEWS } from "./views.js";

const RARE = ["groups", "conf"];
/** The title that a page has where its maker gave none. */
const TITLE = ["Ai phải làm gì", "Who must do what"];
/** Where the figures at the top are listed. @type {Record<string, string>} */
const FIGURES = { documents: "document", tasks: "tasks", "duties in prose": "tasks", assignments: "tasks", "agencies and groups": "load" };
const NETWORK = ["overview", "all"];
const WRITTEN_ONLY = ["ask", "document"];
/** Views that show more than what the filters leave, and say so. */
const UNFILTERED = { ask: [], document: ["province", "doc"] };
const MANY_PLANS = 120;
/** Networks that are no larger name their tasks, too. */
const FEW_NODES = 400;

/** @type {import("./data.js").Model} */
let model;
/** @type {Map<string, import("./data.js").Model>} by day */
const MODELS = new Map();
/** @type {Stage} */
let stage;
let lastScene = "";
let lastView = "";
let lastPassage = "";
/** Whether the address was changed by other means than the page's: then the stage looks where it says. */
let arrived = false;
/** Whether names and addresses are read: the first picture may stand before that. */
let whole = false;
/** Whether a view that needs them was asked for before. */
let waiting = false;
/** What the figures of the picture stand for. @type {import("./behind.js").Lists} */
let lists = new Map();

/** The plans as of a day, "" as written. @param {string} day */
function modelOf(day) {
  const known = MODELS.get(day);
  if (known) return known;
  const made = modelAt(/** @type {import("./data.js").Model} */ (MODELS.get("")), day);
  MODELS.set(day, made);
  return made;
}

/** Take the model of the day in the address; what is no day is as written. */
function takeDay() {
  const now = modelOf(isDay(STATE.asof) ? STATE.asof : "");
  if (now === model) return;
  model = now;
  stage.use(model);
  lastScene = "";
}

function drawTabs() {
  get("tabs").replaceChildren(...VIEWS.filter(([name]) => (name !== "cases" || model.payload.caseCount) && (name !== "ask" || canAsk(model))).map(([name, vi, en]) => element("a", { href: "#", role: "tab", id: "tab-" + name, "aria-selected": String(STATE.view === name), "aria-controls": "main", tabindex: STATE.view === name ? "0" : "-1",
    onclick: (/** @type {Event} */ event) => { event.preventDefault(); change({ view: name, ego: "", to: "" }); } }, say(vi, en))));
  const box = get("tabs"), now = get("tab-" + STATE.view);
  if (now && box.scrollWidth > box.clientWidth) box.scrollLeft = now.offsetLeft - (box.clientWidth - now.offsetWidth) / 2;
}

/** @param {KeyboardEvent} event */
function tabKey(event) {
  const tabs = /** @type {HTMLElement[]} */ (Array.from(get("tabs").children)), at = tabs.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = event.key === "ArrowRight" ? at + 1 : event.key === "ArrowLeft" ? at - 1 : event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : -1;
  if (next < 0 && event.key !== "ArrowLeft") return;
  const tab = tabs[(next + tabs.length) % tabs.length];
  tab.click();
  get(tab.id).focus();
  event.preventDefault();
}

/** @param {string} name @param {string} label @param {[string, string][]} options value, words */
function chooser(name, label, options) {
  const now = /** @type {Record<string, any>} */ (STATE)[name];
  const field = element("select", { id: "filter-" + name, onchange: () => change({ [name]: field.value }) }, element("option", { value: "" }, say("tất cả", "all")), ...options.map(([value, words]) => element("option", { value, selected: value === now }, words)));
  return element("label", { class: now ? "set" : null }, element("span", {}, label), field);
}

/** As written, or as of a date. */
function dayChooser() {
  const field = element("select", { id: "asof-choice", onchange: () => chooseDay(model, field.value, modelOf) }, element("option", { value: "" }, say("như văn bản viết", "as written")), ...dayOptions(model).map(([value, words]) => element("option", { value, selected: value === model.view.day }, words)));
  return element("label", { class: model.view.day ? "set" : null }, element("span", {}, say("Tính đến ngày", "As of")), field);
}

function drawFilters() {
  const years = new Set();
  for (const column of [model.tasks.first, model.tasks.last]) for (const year of column) if (isYear(year)) years.add(year);
  const sectors = [...new Set(model.tasks.sectors.flat().map((/** @type {number} */ one) => model.sectors.name[one]))].sort((p, q) => inOrder(p, q));
  const kinds = [...new Set(model.agents.kind)].filter((kind) => kind >= 0).map((kind) => /** @type {[string, string]} */ (model.kinds[kind].slice(0, 2))).sort((p, q) => inOrder(p[1], q[1]));
  const rare = RARE.filter((name) => /** @type {Record<string, any>} */ (STATE)[name]).length, more = say("Thêm bộ lọc", "More filters") + (rare ? " (" + rare + ")" : "");
  const docs = model.docs.iri.map((iri, at) => /** @type {[string, string]} */ ([iri, shorten([model.provinceName(model.docs.province[at]), model.docs.label[at]].filter(Boolean).join(" · "), 70)])).filter(([iri]) => !STATE.province || model.provinceName(model.docs.province[model.docs.iri.indexOf(iri)]) === STATE.province).slice(0, 2000);
  const spot = spotNow();
  get("filters").replaceChildren(
    dayChooser(),
    chooser("province", say("Tỉnh", "Province"), model.placesInUse().map((name) => [name, name])),
    chooser("doc", say("Kế hoạch", "Plan"), docs),
    chooser("role", say("Vai trò", "Role"), [["lead", say("chủ trì", "leads")], ["partner", say("phối hợp", "partner")], ["responsible", say("thực hiện", "responsible")]]),
    chooser("kind", say("Loại cơ quan", "Kind of agency"), kinds),
    chooser("year", say("Năm", "Year"), [...years].sort().map((year) => [String(year), String(year)])),
    sectors.length ? chooser("sector", say("Lĩnh vực", "Sector"), sectors.map((name) => [name, shorten(name, 60)])) : "",
    element("button", { type: "button", id: "more-filters", class: rare ? "set" : null, "aria-expanded": String(STATE.more !== ""), "aria-controls": "rare-filters", onclick: () => { remember({ more: STATE.more ? "" : "open" }); drawFilters(); } }, more + (STATE.more ? " ▴" : " ▾")),
    element("div", { id: "rare-filters", hidden: !STATE.more },
      chooser("groups", say("Nhóm cơ quan", "Groups"), [["no", say("bỏ các nhóm", "leave groups out")]]),
      chooser("conf", say("Độ tin cậy", "Confidence"), [["0.8", "≥ " + figure(0.8)], ["0.9", "≥ " + figure(0.9)], ["0.99", "≥ " + figure(0.99)]])),
    filtered() ? element("button", { type: "button", id: "clear", onclick: () => change({ province: "", doc: "", role: "", kind: "", year: "", sector: "", groups: "", conf: "" }) }, say("Bỏ lọc", "Clear filters")) : "");
  keepSpot(spot); // whoever chooses by keyboard stays where they are
}

/** The picture of the view, its table, and how it is taken away. @param {import("./filter.js").Selection} selection @returns {{ picture: Element | null, listing: import("./table.js").Listing | null, note: string, svg: (() => string) | null, warning?: string, extra?: HTMLElement | null, lists?: import("./behind.js").Lists }} */
function viewOf(selection) {
  const inSvg = (/** @type {Element} */ picture) => () => standalone(/** @type {SVGElement} */ (picture));
  switch (STATE.view) {
    case "matrix": {
      const choice = matrixChooser();
      if (STATE.matrix === "shared") {
        const grid = sharedGrid(model, selection), drawn = drawShared(model, grid);
        return { picture: element("div", {}, choice, drawn.picture), listing: sharedListing(model, grid, openCell), note: drawn.note, svg: grid.rows.length ? () => sharedSvg(model, grid) : null, lists: sharedLists(model, grid) };
      }
      if (STATE.matrix === "pairs") {
        const cells = pairCells(model, selection), drawn = drawMatrix(cells, say("Chủ trì × phối hợp (loại cơ quan)", "Lead × partner (kinds)"));
        return { picture: element("div", {}, choice, drawn.picture), listing: cellListing(cells, "loai-chu-tri-phoi-hop", ["Loại chủ trì", "Lead kind"], ["Loại phối hợp", "Partner kind"]), svg: () => matrixSvg(cells), note: say("Hàng: loại chủ trì hoặc thực hiện; cột: loại phối hợp; số: nhiệm vụ và việc chung. Bấm một ô để xem danh sách. ", "Rows: kinds that lead or are responsible; columns: kinds of partners; figures: tasks and duties in common. Choose a cell for the list. ") + drawn.note, lists: cellLists(cells) };
      }
      const cells = provinceCells(model, selection), drawn = drawMatrix(cells, say("Loại cơ quan × tỉnh", "Kind of agency × province"));
      return { picture: element("div", {}, choice, drawn.picture), listing: cellListing(cells, "ma-tran", ["Loại cơ quan", "Kind of agency"], ["Tỉnh", "Province"]), svg: () => matrixSvg(cells), note: (STATE.role === "responsible" ? say("Số việc trong lời văn mà loại cơ quan này được giao thực hiện", "Duties in prose that this kind of agency is charged with") : say("Số nhiệm vụ mà loại cơ quan này " + (STATE.role === "partner" ? "phối hợp" : "chủ trì") + " (không tính việc trong lời văn)", STATE.role === "partner" ? "Tasks in which this kind of agency is a partner (duties in prose are not counted)" : "Tasks that this kind of agency leads (duties in prose are not counted)")) + say("; ô trống: không có. ", "; blank: none. ") + drawn.note, lists: cellLists(cells) };
    }
    case "map": { const rows = mapRows(model, selection), drawn = drawMap(model, rows); return { picture: drawn.box, listing: mapListing(model, rows), note: drawn.note, svg: inSvg(drawn.picture) }; }
    case "pairs": {
      const pairs = coordinationPairs(model, selection), drawn = drawPairs(model, pairs);
      return { picture: drawn.picture, listing: pairListing(model, pairs), note: drawn.note, svg: inSvg(drawn.picture), lists: pairLists(model, pairs), extra: element("p", {}, element("button", { type: "button", class: "link", onclick: () => change({ view: "matrix", matrix: "pairs" }) }, say("Ma trận theo loại cơ quan", "The matrix by kinds of agencies"))) };
    }
    case "load": { const rows = loads(model, selection), drawn = drawLoads(model, rows); return { ...drawn, listing: loadListing(model, rows), svg: inSvg(drawn.picture) }; }
    case "years": { const found = years(model, selection), drawn = drawYears(model, found); return { ...drawn, listing: yearListing(model, found), svg: inSvg(drawn.picture), lists: yearLists(found) }; }
    case "flow": { const steps = flows(model, selection), drawn = drawFlows(steps); return { picture: element("div", {}, flowChooser(), drawn.picture), note: drawn.note, listing: flowListing(steps), svg: inSvg(drawn.picture), lists: flowLists(steps) }; }
    case "sectors": { const rows = sectorRows(model, selection), drawn = drawSectors(model, rows); return { ...drawn, listing: sectorListing(model, rows), svg: rows.length ? () => sectorSvg(model, rows) : null, lists: sectorLists(model, rows) }; }
    case "tasks": return { picture: null, listing: taskListing(model, selection), note: "", svg: null };
    case "cases": return { ...drawCases(model, selection), listing: caseListing(model, selection), svg: null };
    case "ask": return { picture: canAsk(model) ? drawAsk(model, render) : element("p", { class: "note" }, say("Trang này không mang theo bộ máy SPARQL.", "This page does not carry a SPARQL engine.")), listing: null, note: "", svg: null };
    case "heirs": {
      const rows = orphans(model, selection), drawn = drawHeirs(model, rows, (day) => chooseDay(model, day, modelOf), modelOf);
      return { ...drawn, listing: rows.length ? heirListing(model, rows) : null, svg: rows.length ? inSvg(drawn.picture) : null };
    }
    case "document": return { ...drawDocument(model), listing: null, svg: null };
    default: {
      const scene = currentScene(model, selection);
      const many = STATE.view === "overview" && !STATE.ego && !STATE.province && !STATE.doc && model.docs.iri.length > MANY_PLANS ? say("Kho lớn: hãy chọn một tỉnh để đọc được hình này, hoặc xem Ma trận. ", "A large corpus: choose a province to read this picture, or see the matrix. ") : "";
      current = scene;
      return { picture: null, listing: edgeListing(model, scene), note: scene.note, warning: many, svg: () => sceneSvg(stage), lists: STATE.cell ? edgeLists(scene, selection) : new Map() };
    }
  }
}

/** The scene that is shown. @type {import("./scene.js").Scene | null} */
let current = null;

/** The one edge of the state, if the scene has it. @param {import("./scene.js").Scene} scene @param {import("./filter.js").Selection} selection @returns {import("./behind.js").Lists} */
function edgeLists(scene, selection) {
  const edge = scene.edges.find((one) => edgeKey(model, one) === STATE.cell);
  return new Map(edge ? [[STATE.cell, behindEdge(model, selection, edge)]] : []);
}

/** What the matrix sets beside each other. */
function matrixChooser() {
  const field = element("select", { id: "matrix-choice", onchange: () => change({ matrix: field.value }) }, ...Object.entries(MATRICES).map(([value, [vi, en]]) => element("option", { value, selected: value === STATE.matrix }, say(vi, en))));
  return element("label", { class: "tools" }, say("Đối chiếu", "Compare"), field);
}

/** What a view says that shows less or more than the filters leave; null of all others. @returns {string | null} */
function tellOwnScope() {
  if (NETWORK.includes(STATE.view) && STATE.ego && current) {
    const count = (/** @type {string} */ kind) => figure(/** @type {import("./scene.js").Scene} */ (current).nodes.filter((node) => model.kindOf(node) === kind).length);
    return say(`Trong hình: ${count("task")} nhiệm vụ, ${count("agency")} cơ quan và nhóm, ${count("doc")} văn bản.`, `In the picture: ${count("task")} tasks, ${count("agency")} agencies and groups, ${count("doc")} documents.`);
  }
  const heeds = /** @type {Record<string, string[]>} */ (UNFILTERED)[STATE.view];
  if (!heeds) return null;
  const state = /** @type {Record<string, string>} */ (STATE), lost = FILTERS.some((name) => state[name] !== "" && !heeds.includes(name));
  return lost ? (STATE.view === "ask" ? say("Câu hỏi hỏi cả kho: bộ lọc ở trên không có tác dụng ở đây.", "A question asks the whole build: the filters above do nothing here.") : say("Văn bản hiện đủ mọi chỗ đã đánh dấu: bộ lọc ở trên chỉ chọn tỉnh và kế hoạch.", "The document shows every mark: of the filters above only province and plan count.")) : "";
}

function render() {
  if (!whole && !isPlain()) { waiting = true; return; }
  SPEECH.language = STATE.lang === "en" ? "en" : "vi";
  document.documentElement.lang = SPEECH.language;
  if (STATE.theme) document.documentElement.dataset.theme = STATE.theme; else delete document.documentElement.dataset.theme;
  takeDay();
  const spot = spotNow(), passage = STATE.view === "document" ? STATE.doc + STATE.at : "";
  drawChrome();
  const selection = select(model), network = NETWORK.includes(STATE.view), view = viewOf(selection);
  lists = view.lists || new Map();
  if (view.listing && !knowsOrder(view.listing)) ignore("sort");
  const about = VIEWS.find(([name]) => name === STATE.view) || VIEWS[0], asked = NETWORK.includes(STATE.view) && STATE.ego ? (STATE.to ? ["", "", "Hai bên nối với nhau qua những nhiệm vụ, văn bản nào?", "Through which tasks and documents are the two joined?"] : ["", "", "Lân cận gồm những ai, những việc gì?", "Who and what is around it?"]) : STATE.view === "matrix" ? MATRICES[STATE.matrix] || MATRICES[""] : [about[1], about[2], about[3], about[4]], charges = model.links.source ? new Set(selection.links.map((link) => model.links.source[link])).size : selection.links.length;
  get("asof").replaceChildren(...(WRITTEN_ONLY.includes(STATE.view) && model.view.day ? [say("Như văn bản viết: trang này không hỏi theo ngày.", "As written: this page does not ask as of a date.")] : tellDay(model, selection)));
  get("question").textContent = say(asked[2], asked[3]);
  get("shown").textContent = tellOwnScope() ?? say(`Đang xem ${figure(selection.tasks.length)} nhiệm vụ, ${figure(selection.duties.length)} việc trong lời văn, ${figure(charges)} phân công.`, `Shown: ${figure(selection.tasks.length)} tasks, ${figure(selection.duties.length)} duties in prose, ${figure(charges)} assignments.`)
    + (selection.undated && tellOwnScope() === null ? " " + say(`${figure(selection.undated)} nhiệm vụ không nêu năm bị lọc ra.`, `${figure(selection.undated)} tasks without a year are filtered out.`) : "");
  const nothing = !selection.tasks.length && !["tasks", "ask", "document", "cases", "sectors", "heirs"].includes(STATE.view) ? say("Không có nhiệm vụ nào trong phần đang lọc" + (selection.duties.length ? `; ${figure(selection.duties.length)} việc trong lời văn: xem thẻ Nhiệm vụ. ` : ". "), "No task in what is shown" + (selection.duties.length ? `; ${figure(selection.duties.length)} duties in prose: see the tab Tasks. ` : ". ")) : "";
  get("warning").textContent = tellIgnored() + nothing + (view.warning || "");
  get("note").textContent = view.note;
  get("stage").hidden = !network;
  get("picture").hidden = network || !view.picture;
  get("picture").replaceChildren(...[view.picture, view.extra].filter((one) => one !== null && one !== undefined));
  get("legend").replaceChildren(...(network ? [legend(say)] : []));
  get("named").hidden = !network;
  get("table").replaceChildren(...(view.listing ? [tableBox(view.listing)] : []));
  drawExports(view, network);
  drawEgo();
  if (network) showScene();
  drawPanel(spot);
  keepSpot(spot);
  if (passage && STATE.at && passage !== lastPassage) enterText();
  lastPassage = passage;
  document.title = say(about[1], about[2]) + " – " + get("title").textContent;
}

/** @param {import("./table.js").Listing} listing */
function tableBox(listing) {
  const make = () => makeTable({ ...listing, name: listing.name + daySuffix() });
  if (STATE.view === "tasks" || STATE.view === "heirs") return make();
  // A table that is folded is made when it is unfolded: of a large network it costs more than the picture.
  const fill = () => { if (box.children.length < 2) box.append(make()); };
  const box = element("details", { open: STATE.table === "open", ontoggle: () => { remember({ table: box.open ? "open" : "" }); if (box.open) fill(); } }, element("summary", { onclick: fill }, say("Bảng số liệu của hình này", "The table of this picture") + " (" + figure(listing.rows.length) + ")"));
  if (STATE.table) fill();
  return box;
}

/** What is taken away as of a date says so in its name. */
function daySuffix() { return model.view.day ? "-" + model.view.day : ""; }

function showScene() {
  stage.readColours();
  const key = [STATE.view, model.view.day, STATE.ego, STATE.to, STATE.province, STATE.role, STATE.kind, STATE.year, STATE.sector, STATE.doc, STATE.conf, STATE.groups, STATE.lang, STATE.theme].join("|");
  if (key !== lastScene || lastView !== STATE.view) { stage.resize(); stage.show(/** @type {import("./scene.js").Scene} */ (current), STATE.zoom); } else if (arrived) stage.see(STATE.zoom); else if (STATE.zoom !== stage.eye()) remember({ zoom: stage.eye() });
  lastScene = key; lastView = STATE.view; arrived = false;
  const node = STATE.node ? model.nodeOfIri.get(STATE.node) ?? -1 : -1;
  stage.mark(node);
}

function drawEgo() {
  const ego = STATE.ego ? model.nodeOfIri.get(STATE.ego) : undefined, to = STATE.to ? model.nodeOfIri.get(STATE.to) : undefined, box = get("ego");
  box.hidden = ego === undefined || !NETWORK.includes(STATE.view);
  if (ego === undefined) return;
  const name = (/** @type {number} */ node, /** @type {number} */ most) => (model.kindOf(node) === "agency" ? model.shortName(model.rowOf(node), most) : shorten(model.label(node), most));
  box.replaceChildren(element("span", {}, to === undefined ? say("Lân cận của: ", "Neighbourhood of: ") + name(ego, 70) : say("Đường nối: ", "Path: ") + name(ego, 50) + " → " + name(to, 50)),
    element("button", { type: "button", onclick: () => change({ ego: "", to: "" }) }, say("Về tổng quan", "Back to the overview")));
}

/** @param {ReturnType<typeof viewOf>} view @param {boolean} network */
function drawExports(view, network) {
  const name = "mandategraph-" + STATE.view + daySuffix(), buttons = [], svg = view.svg;
  if (svg) buttons.push(element("button", { type: "button", onclick: () => savePng(svg(), name) }, "PNG"), element("button", { type: "button", onclick: () => saveSvg(svg(), name) }, "SVG"));
  if (network) buttons.push(element("button", { type: "button", onclick: () => whole && stage.scene && download(name + ".graphml", toGraphml(model, stage.scene), "application/xml") }, "GraphML"), element("button", { type: "button", onclick: () => whole && stage.scene && download(name + ".gexf", toGexf(model, stage.scene), "application/xml") }, "GEXF"), element("button", { type: "button", onclick: () => stage.fit(), title: "0" }, say("Vừa khung", "Fit")));
  buttons.push(element("button", { type: "button", onclick: () => copyLink() }, say("Chép liên kết", "Copy link")), element("button", { type: "button", onclick: () => window.print() }, say("In", "Print")));
  get("exports").replaceChildren(...buttons);
}

async function copyLink() {
  let done = true;
  writeAddress();
  try { await navigator.clipboard.writeText(location.href); } catch { done = false; }
  get("live").textContent = done ? say("Đã chép liên kết.", "Link copied.") : say("Hãy chép từ thanh địa chỉ.", "Copy it from the address bar.");
}

/** @param {import("./focus.js").Spot | null} spot where the focus was */
function drawPanel(spot) {
  const box = get("details"), node = STATE.node ? model.nodeOfIri.get(STATE.node) : undefined, behind = STATE.cell ? lists.get(STATE.cell) : undefined;
  const was = box.hidden;
  box.hidden = node === undefined && !behind;
  if (box.hidden) { box.dataset.node = ""; if (!was) leavePanel(); return; }
  const close = element("button", { type: "button", class: "close", onclick: () => change({ node: "", cell: "" }) }, say("Đóng", "Close"));
  if (node !== undefined) box.replaceChildren(close, behind ? element("button", { type: "button", onclick: () => change({ node: "" }) }, "← " + shorten(behind.title, 40)) : "", drawDetails(model, node));
  else if (behind) box.replaceChildren(close, drawBehind(model, behind));
  const shown = node === undefined ? STATE.cell : String(node);
  if (box.dataset.node !== shown) { box.scrollTop = 0; enterPanel(spot); }
  box.dataset.node = shown;
}

function drawChrome() {
  get("title").textContent = model.payload.title === TITLE[0] ? say(TITLE[0], TITLE[1]) : model.payload.title;
  get("figures").replaceChildren(...model.payload.figures.map(([vi, en, value]) => element("div", {}, element("dt", {}, say(vi, en)), element("dd", {}, FIGURES[en] && FIGURES[en] !== STATE.view ? element("button", { type: "button", class: "plain", "aria-label": figure(value) + " " + say(vi, en), onclick: () => change({ view: FIGURES[en], ego: "", to: "" }) }, figure(value)) : figure(value)))));
  get("figures").setAttribute("aria-label", say("Trong kho", "In this build"));
  get("search").placeholder = say("Tìm cơ quan, kế hoạch, nhiệm vụ (không cần dấu)", "Search agencies, plans, tasks (accents optional)");
  get("search").setAttribute("aria-label", say("Tìm", "Search"));
  get("hits").setAttribute("aria-label", say("Kết quả tìm", "Results"));
  get("language").textContent = say("English", "Tiếng Việt");
  get("theme").textContent = say("Nền sáng/tối", "Light/dark");
  get("tabs").setAttribute("aria-label", say("Cách xem", "Views"));
  get("filters").setAttribute("aria-label", say("Lọc", "Filters"));
  get("details").setAttribute("aria-label", say("Chi tiết", "Details"));
  get("skip").textContent = say("Đến nội dung", "Skip to the content");
  get("canvas").setAttribute("aria-label", say("Mạng lưới. Phím mũi tên: di chuyển; + và −: thu phóng; 0: vừa khung; n, p: cơ quan kế, trước; Enter: lân cận. Bảng bên dưới nói cùng điều đó.", "Network. Arrow keys move, + and − zoom, 0 fits, n and p go through the nodes, Enter opens the neighbourhood. The table below says the same."));
  drawTabs();
  drawFilters();
}

/** Whether the address asks for a picture of the whole, in which no task is named. */
function isPlain() {
  const plain = NETWORK.includes(STATE.view) || (STATE.view === "matrix" && STATE.matrix === "");
  return plain && model.nodeCount > FEW_NODES && Object.entries(STATE).every(([name, value]) => value === defaultOf(name) || ["view", "lang", "theme", "zoom", "more"].includes(name));
}

async function start() {
  model = await readModel();
  MODELS.set("", model);
  // Of a large corpus the network is no picture that people can read: it opens with the matrix.
  setDefault("view", model.docs.iri.length > MANY_PLANS ? "matrix" : "overview");
  readAddress();
  if (!isPlain()) { await readWords(model); whole = true; }
  const takeAddress = () => { readAddress(); arrived = true; if (whole || isPlain()) checkAddress(/** @type {import("./data.js").Model} */ (MODELS.get("")), modelOf, VIEWS.map(([name]) => name)); };
  takeAddress();
  stage = new Stage(model, {
    pick: (node) => { if (!whole) return; change({ node: node < 0 ? "" : model.iri(node), cell: "" }, true); if (node >= 0) get("live").textContent = kindName(model, node) + ": " + model.label(node); },
    open: (node) => { if (whole) change({ ego: model.iri(node), to: "", node: model.iri(node) }); },
    edge: (edge) => { if (whole) openCell(edgeKey(model, edge)); get("live").textContent = whole ? tellEdge(model, edge) : ""; },
    tell: (edge) => tellEdge(model, edge),
    moved: (zoom) => remember({ zoom }),
    named: (count, all) => { get("named").textContent = count < all ? say(`Trong khung: ghi tên ${figure(count)} trong ${figure(all)} cơ quan và nhóm, ai được giao nhiều thì trước; phóng to hoặc trỏ vào một hình để biết tên còn lại.`, `In sight: ${figure(count)} of ${figure(all)} agencies and groups are named, those charged most first; zoom in, or point at one, for the others.`) : ""; },
    describe: (node) => model.label(node) + (model.provinceName(model.provinceOf(node)) ? " – " + model.provinceName(model.provinceOf(node)) : ""),
  });
  onChange(render);
  watchKeys();
  makeSearch(() => (whole ? model : null), (node) => { change({ node: model.iri(node) }); stage.reveal(node); });
  get("language").addEventListener("click", () => change({ lang: STATE.lang === "en" ? "vi" : "en" }, true));
  get("theme").addEventListener("click", () => { const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches; change({ theme: dark ? "light" : "dark" }, true); });
  get("tabs").addEventListener("keydown", tabKey);
  get("filters").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  let handled = ""; // one step of the history is told twice
  window.addEventListener("popstate", () => { takeAddress(); handled = location.hash; tell(); });
  window.addEventListener("hashchange", () => { if (handled === location.hash) return; takeAddress(); tell(); });
  window.addEventListener("beforeprint", () => { document.documentElement.dataset.theme = "light"; stage.readColours(); stage.draw(stage.context, false); });
  window.addEventListener("afterprint", () => { tell(); stage.readColours(); stage.ask(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && (STATE.node || STATE.cell) && event.target !== get("search")) change(STATE.node ? { node: "" } : { cell: "" }); });
  stage.resize();
  // Texts and cases are most of a page's bytes, and most first pictures need neither; names of tasks come before them.
  const waits = ["document", "cases"].includes(STATE.view) || STATE.node !== "" || STATE.cell !== "", written = /** @type {import("./data.js").Model} */ (MODELS.get(""));
  if (waits) await readRest(model);
  render();
  document.documentElement.dataset.drawn = "yes";
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  if (!whole) {
    await painted();
    await readWords(written);
    whole = true;
    if (waiting) takeAddress();
    if (waiting || STATE.table) render(); // the reader was quicker
    if (get("search").value) get("search").dispatchEvent(new Event("input"));
  }
  if (!waits) {
    await painted();
    await readRest(written);
    if (STATE.node || STATE.cell || ["document", "cases"].includes(STATE.view)) render(); // the reader was quicker
  }
  document.documentElement.dataset.ready = "yes";
}

start();
