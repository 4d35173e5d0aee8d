// The canvas: pan, zoom, pick, draw. No WebGL: without a graphics card it costs many times more for each frame.
import { readEye, writeEye } from "./eye.js";
import { EDGE_COLOURS, LOOKS, paint } from "./paint.js";
import { get } from "./text.js";

/** Nodes and edges above which what moves is the last picture, drawn again now and then. */
const HEAVY = 3000;
/** Pixels below which a window is a telephone's, and the scale below which names of a picture cannot be read. */
const NARROW = 560, READABLE = 0.5;
const LAYERS = [0, 2, 2, 2, 3, 4];
const RANKS = [0, 20, 20, 5, 60, 80];

export class Stage {
  /**
   * @param {import("./data.js").Model} model
   * @param {{ pick: (node: number) => void, open: (node: number) => void, edge: (edge: import("./scene.js").Edge) => void, tell: (edge: import("./scene.js").Edge) => string, moved: (eye: string) => void, named: (count: number, all: number) => void, describe: (node: number) => string }} calls
   */
  constructor(model, calls) {
    this.model = model;
    this.calls = calls;
    this.canvas = /** @type {HTMLCanvasElement} */ (get("canvas"));
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    /** @type {import("./scene.js").Scene | null} */
    this.scene = null;
    this.scale = 1; this.left = 0; this.top = 0; this.width = 1; this.height = 1; this.ratio = 1;
    this.chosen = -1; this.near = new Set();
    /** @type {Map<string, number>} width of a name in letters' heights */
    this.widths = new Map();
    /** @type {Map<string, number> | null} where the names of the scene begin to differ */
    this.differs = null;
    this.radius = new Float32Array(model.nodeCount); this.weight = this.radius;
    this.look = new Uint8Array(model.nodeCount);
    /** The last whole picture, and where it was drawn. */
    this.still = { canvas: document.createElement("canvas"), scale: 0, left: 0, top: 0, at: 0, cost: 0, taken: false };
    this.use(model);
    /** @type {Record<string, string>} */
    this.colours = {};
    this.frame = 0; this.settle = 0;
    /** Whether the reader has moved the picture since it was fitted. */
    this.moved = false;
    this.drawn = 0;
    this.#listen();
    this.readColours();
  }

  /** Draw another model: the same plans as of another day. @param {import("./data.js").Model} model */
  use(model) {
    this.model = model;
    this.scene = null; this.chosen = -1; this.near = new Set();
    this.radius = new Float32Array(model.nodeCount);
    const most = Math.max(1, ...sample(model.load));
    this.look = new Uint8Array(model.nodeCount);
    for (let node = 0; node < model.nodeCount; node++) {
      const kind = model.kindOf(node);
      this.look[node] = kind === "task" ? 0 : kind === "agency" ? 1 + model.agents.form[model.rowOf(node)] : model.isDecision(node) ? 5 : 4;
      this.radius[node] = this.#radius(node, most);
    }
    /** Who is named first: by tasks led, then by duties in prose. */
    this.weight = this.radius.slice();
    model.links.agent.forEach((/** @type {number} */ agent, /** @type {number} */ link) => { if (model.links.role[link] === 2) this.weight[model.agentFrom + agent] += 0.05; });
  }

  /** @param {number} node @param {number} most */
  #radius(node, most) {
    const fixed = [3.2, 0, 0, 4.5, 8, 11][this.look[node]];
    return fixed || 4.5 + 11.5 * Math.sqrt(this.model.load[this.model.rowOf(node)] / most);
  }

  readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["ground", "ink", "soft", "panel", "panel-edge", "decision", "doc", "agency", "group", "open-group", "task", "choice", ...EDGE_COLOURS.map((one) => "edge-" + one)]) this.colours[name] = style.getPropertyValue("--" + name).trim();
  }

  /** @param {import("./scene.js").Scene} scene @param {string} eye where to look, "" at all of it */
  show(scene, eye) {
    this.scene = scene;
    const { look, weight } = this;
    this.order = LOOKS.map((_, one) => one).sort((p, q) => LAYERS[p] - LAYERS[q] || p - q).flatMap((one) => scene.nodes.filter((node) => look[node] === one));
    this.named = scene.nodes.filter((node) => scene.names || look[node]).sort((p, q) => RANKS[look[q]] + weight[q] - RANKS[look[p]] - weight[p] || p - q).slice(0, 4000);
    this.still.scale = 0;
    this.differs = null;
    /** Whether names beside one another give way: then a line may lead to them. */
    this.dense = scene.panels.length > 0 && scene.nodes.length > 150;
    /** Whether agencies of several provinces stand side by side: then each is named with its own. */
    this.mixed = !scene.panels.length && new Set(scene.nodes.filter((node) => this.model.kindOf(node) === "agency").map((node) => this.model.provinceOf(node)).filter((one) => one >= 0)).size > 1;
    /** @type {import("./scene.js").Edge[][]} */
    this.byRole = EDGE_COLOURS.map(() => []);
    for (const edge of scene.edges) this.byRole[edge.role].push(edge);
    this.grid = null;
    this.mark(this.chosen);
    this.see(eye);
  }

  /** @param {number} node -1: none */
  mark(node) {
    this.chosen = this.scene && this.scene.nodes.includes(node) ? node : -1;
    this.near = new Set();
    if (this.scene && node >= 0) for (const edge of this.scene.edges) { if (edge.a === node) this.near.add(edge.b); else if (edge.b === node) this.near.add(edge.a); }
    this.ask();
  }

  /** Take the size of the window; whether it is another. */
  resize() {
    const box = /** @type {HTMLElement} */ (this.canvas.parentElement).getBoundingClientRect();
    if (!box.width || !box.height || (box.width === this.width && box.height === this.height && this.ratio === Math.min(2, devicePixelRatio || 1))) return false;
    this.ratio = Math.min(2, devicePixelRatio || 1);
    this.width = box.width; this.height = box.height;
    this.canvas.width = Math.round(box.width * this.ratio);
    this.canvas.height = Math.round(box.height * this.ratio);
    this.still.scale = 0; // a canvas of a new size is empty
    this.ask();
    return true;
  }

  /** The colour of a node. @param {number} node */
  colourOf(node) { return this.colours[LOOKS[this.look[node]]]; }

  /** The rectangle that holds the scene. @returns {[number, number, number, number]} */
  bounds() {
    const scene = /** @type {import("./scene.js").Scene} */ (this.scene);
    let [a, b, c, d] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const node of scene.nodes) {
      // Names run to the side that is said, else to both.
      const r = this.radius[node], side = scene.side[node], [left, right] = scene.panels.length ? (node < this.model.docFrom ? [60, 60] : [0, 0]) : !scene.names || scene.nodes.length >= 200 ? [40, 40] : side < 0 ? [230, 12] : side > 0 ? [12, 230] : [130, 130];
      a = Math.min(a, scene.x[node] - r - left); c = Math.max(c, scene.x[node] + r + right); b = Math.min(b, scene.y[node] - r - 12); d = Math.max(d, scene.y[node] + r + 16);
    }
    for (const panel of scene.panels) { a = Math.min(a, panel.x); b = Math.min(b, panel.y); c = Math.max(c, panel.x + panel.w); d = Math.max(d, panel.y + panel.h); }
    return a > c ? [0, 0, 1, 1] : [a, b, c, d];
  }

  /** Look where an address says. @param {string} eye "": at all of it, or where that could not be read at its beginning */
  see(eye) {
    if (!this.scene) return;
    const [a, b, c, d] = this.bounds(), told = readEye(eye), { times, x, y } = told || this.#opening(a, b, c, d);
    this.moved = told !== null;
    this.scale = clamp(times * this.#fitting(a, b, c, d));
    this.left = this.width / 2 - this.scale * x;
    this.top = this.height / 2 - this.scale * y;
    this.ask();
  }

  /** The scale at which all is seen. @param {number} a @param {number} b @param {number} c @param {number} d */
  #fitting(a, b, c, d) { return Math.min(1.8, 0.97 * Math.min(this.width / (c - a), this.height / (d - b))); }

  /** Where the reader looks, "" at all of it. */
  eye() {
    return this.moved && this.scene ? writeEye({ times: this.scale / this.#fitting(...this.bounds()), x: (this.width / 2 - this.left) / this.scale, y: (this.height / 2 - this.top) / this.scale }) : "";
  }

  /** Look at all of it: a step of the reader. */
  fit() {
    const [a, b, c, d] = this.bounds(), near = this.#opening(a, b, c, d).times > 1;
    this.see(near ? writeEye({ times: 1, x: (a + c) / 2, y: (b + d) / 2 }) : "");
    this.calls.moved(near ? this.eye() : "");
  }

  /**
   * Where a reader begins: at all of it. On a telephone all of many panels cannot be read: there at the first panel, as wide as the screen.
   * @param {number} a @param {number} b @param {number} c @param {number} d @returns {import("./eye.js").Eye}
   */
  #opening(a, b, c, d) {
    const { panels } = /** @type {import("./scene.js").Scene} */ (this.scene), whole = this.#fitting(a, b, c, d);
    if (this.width >= NARROW || panels.length < 2 || whole >= READABLE) return { times: 1, x: (a + c) / 2, y: (b + d) / 2 };
    const first = panels.reduce((best, one) => (one.x < best.x - 1 || (one.x < best.x + 1 && one.y < best.y) ? one : best)), scale = 0.97 * this.width / first.w;
    return { times: scale / whole, x: first.x + first.w / 2, y: first.y + this.height / 2 / scale - 8 };
  }

  /** @param {number} factor @param {number} [x] @param {number} [y] */
  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const to = clamp(this.scale * factor), f = to / this.scale;
    this.moved = true;
    this.left = x - (x - this.left) * f; this.top = y - (y - this.top) * f; this.scale = to;
    this.ask(true);
  }

  /** @param {number} dx @param {number} dy */
  pan(dx, dy) { this.moved = true; this.left += dx; this.top += dy; this.ask(true); }

  /** Bring a node into sight where it is not. @param {number} node */
  reveal(node) {
    if (!this.scene || !this.scene.nodes.includes(node)) return;
    const x = this.scene.x[node] * this.scale + this.left, y = this.scene.y[node] * this.scale + this.top;
    if (x < 40 || y < 30 || x > this.width - 40 || y > this.height - 30) { this.left += this.width / 2 - x; this.top += this.height / 2 - y; this.moved = true; this.calls.moved(this.eye()); }
    this.ask();
  }

  /** Draw at the next frame; while moving, the costly parts wait. @param {boolean} [moving] */
  ask(moving = false) {
    if (moving) { clearTimeout(this.settle); this.settle = window.setTimeout(() => { this.ask(); this.calls.moved(this.eye()); }, 140); }
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw(this.context, moving);
      this.drawn += 1;
    });
  }

  /** Nodes by place, for picking. */
  #cells() {
    if (this.grid) return this.grid;
    /** @type {Map<string, number[]>} */
    const grid = new Map();
    const scene = /** @type {import("./scene.js").Scene} */ (this.scene);
    for (const node of this.order || []) {
      const key = Math.floor(scene.x[node] / 40) + ":" + Math.floor(scene.y[node] / 40), cell = grid.get(key);
      if (cell) cell.push(node); else grid.set(key, [node]);
    }
    this.grid = grid;
    return grid;
  }

  /** The node at a place of the screen, -1: none. @param {number} px @param {number} py */
  pickAt(px, py) {
    if (!this.scene) return -1;
    const x = (px - this.left) / this.scale, y = (py - this.top) / this.scale, slack = 6 / this.scale, reach = Math.ceil((18 + slack) / 40);
    const grid = this.#cells(), cx = Math.floor(x / 40), cy = Math.floor(y / 40);
    let best = -1, least = Infinity;
    for (let i = cx - reach; i <= cx + reach; i++) for (let j = cy - reach; j <= cy + reach; j++) for (const node of grid.get(i + ":" + j) || []) {
      const distance = Math.hypot(this.scene.x[node] - x, this.scene.y[node] - y) - this.radius[node];
      if (distance < slack && distance < least) { least = distance; best = node; }
    }
    return best;
  }

  /** The edge at a place of the screen; where several are, the nearest. @param {number} px @param {number} py @returns {import("./scene.js").Edge | null} */
  edgeAt(px, py) {
    if (!this.scene) return null;
    const { x, y } = this.scene, sx = (px - this.left) / this.scale, sy = (py - this.top) / this.scale;
    let best = null, least = (5 / this.scale) ** 2;
    for (const edge of this.scene.edges) {
      const ax = x[edge.a], ay = y[edge.a], dx = x[edge.b] - ax, dy = y[edge.b] - ay, length = dx * dx + dy * dy || 1;
      const part = Math.max(0, Math.min(1, ((sx - ax) * dx + (sy - ay) * dy) / length)), ex = sx - ax - part * dx, ey = sy - ay - part * dy, far = ex * ex + ey * ey;
      if (far < least) { least = far; best = edge; }
    }
    return best;
  }

  #listen() {
    const canvas = this.canvas;
    /** @type {Map<number, [number, number]>} */
    const fingers = new Map();
    let moved = 0;
    canvas.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, [event.offsetX, event.offsetY]); moved = 0; canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointermove", (event) => {
      const was = fingers.get(event.pointerId);
      if (!was) { this.#hover(event); return; }
      const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      if (others.length) {
        const [o] = others, far = Math.hypot(event.offsetX - o[0], event.offsetY - o[1]), near = Math.hypot(was[0] - o[0], was[1] - o[1]);
        this.zoom(far / Math.max(near, 1), (event.offsetX + o[0]) / 2, (event.offsetY + o[1]) / 2);
      } else this.pan(event.offsetX - was[0], event.offsetY - was[1]);
      moved += Math.abs(event.offsetX - was[0]) + Math.abs(event.offsetY - was[1]);
      fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    });
    const up = (/** @type {PointerEvent} */ event) => {
      if (fingers.delete(event.pointerId) && moved < 4 && event.type === "pointerup") {
        const node = this.pickAt(event.offsetX, event.offsetY), edge = node < 0 ? this.edgeAt(event.offsetX, event.offsetY) : null;
        if (edge) this.calls.edge(edge); else this.calls.pick(node);
      }
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("dblclick", (event) => { const node = this.pickAt(event.offsetX, event.offsetY); if (node >= 0) this.calls.open(node); });
    canvas.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(Math.exp(-event.deltaY * 0.0015), event.offsetX, event.offsetY); }, { passive: false });
    canvas.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => { if (this.resize() && !this.moved) this.see(""); }).observe(/** @type {HTMLElement} */ (canvas.parentElement));
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    const node = this.pickAt(event.offsetX, event.offsetY), edge = node < 0 && this.scene && this.scene.edges.length < HEAVY ? this.edgeAt(event.offsetX, event.offsetY) : null;
    const told = node >= 0 ? this.calls.describe(node) : edge ? this.calls.tell(edge) : "";
    if (this.canvas.title !== told) this.canvas.title = told;
    this.canvas.style.cursor = told ? "pointer" : "grab";
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (step) this.pan(step[0], step[1]);
    else if (event.key === "+" || event.key === "=") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit();
    else if (event.key === "n" || event.key === "p") {
      const list = this.named || [], at = list.indexOf(this.chosen), next = at < 0 ? 0 : (at + (event.key === "n" ? 1 : -1) + list.length) % list.length;
      if (list.length) { this.calls.pick(list[next]); this.reveal(list[next]); }
    } else if (event.key === "Enter" && this.chosen >= 0) this.calls.open(this.chosen);
    else return;
    event.preventDefault();
  }

  /** @param {CanvasRenderingContext2D} pen @param {boolean} moving */
  draw(pen, moving) {
    const scene = this.scene;
    if (!scene) return;
    const { ratio, scale } = this, heavy = scene.nodes.length + scene.edges.length > HEAVY;
    if (moving && heavy && this.#shift(pen)) return;
    const began = performance.now();
    paint(this, pen, scene, moving);
    if (!heavy) return;
    Object.assign(this.still, { scale, left: this.left, top: this.top, at: performance.now(), cost: performance.now() - began, taken: false });
  }

  /** Keep what the canvas shows, which is the last whole picture until something moves. */
  #keep() {
    const { still } = this, began = performance.now();
    if (still.canvas.width !== this.canvas.width || still.canvas.height !== this.canvas.height) { still.canvas.width = this.canvas.width; still.canvas.height = this.canvas.height; }
    /** @type {CanvasRenderingContext2D} */ (still.canvas.getContext("2d")).drawImage(this.canvas, 0, 0);
    still.taken = true;
    still.cost += performance.now() - began;
  }

  /** Draw the last picture where it stands now; false where it is too far from that to do. @param {CanvasRenderingContext2D} pen */
  #shift(pen) {
    const { still, ratio } = this, f = this.scale / still.scale;
    if (!still.scale) return false;
    if (!still.taken) this.#keep();
    const left = this.left - still.left * f, top = this.top - still.top * f;
    const bare = Math.max(left, top, this.width - left - this.width * f, this.height - top - this.height * f) / Math.min(this.width, this.height);
    // What is bare or coarse is drawn again, but drawing never takes more than a fifth of the time.
    if ((bare > 0.12 || f > 1.8 || f < 0.6) && performance.now() - still.at > 5 * still.cost) return false;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = this.colours.ground;
    pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
    pen.drawImage(still.canvas, left * ratio, top * ratio, still.canvas.width * f, still.canvas.height * f);
    return true;
  }
}

/** A scale that the stage draws at. @param {number} scale */
function clamp(scale) { return Math.max(0.005, Math.min(12, scale)); }

/** @param {Float64Array} values */
function sample(values) {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return [most];
}
