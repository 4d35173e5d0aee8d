// Groups of tasks over several plans: headings whose words are alike are one group.
import { fold, inOrder, say } from "./text.js";

/** Share of words in common from which two headings are one: plans take over a national heading and change its verb. */
const ALIKE = 0.7;
const BREAK = " > ";
const LETTER = /[\p{L}\p{N}]/u;
/** What is written in capitals in any sentence. */
const ABBREVIATED = new Set(["ubnd", "hđnd", "mttq", "tw", "khcn", "cntt", "tthc", "ai", "iot", "gis", "pccc"]);
/** Words before a heading that say nothing. */
const OPENING = /^(nhóm )?(nhiệm vụ|giải pháp)( và giải pháp| và nhiệm vụ)?( về)? (?=\S+ \S+)/i;

/**
 * The heading of each task: the first level that tells tasks of its plan apart, as the likeliest wording of all plans has it.
 * @param {import("./data.js").Model} model
 * @param {number[]} tasks
 * @returns {Map<number, string>} by task; tasks without a heading are left out
 */
export function taskGroups(model, tasks) {
  /** @type {Map<number, [number, string[]][]>} */
  const plans = new Map();
  for (const task of tasks) if (model.tasks.group[task]) {
    const doc = model.tasks.doc[task], one = /** @type {[number, string[]]} */ ([task, model.tasks.group[task].split(BREAK)]), held = plans.get(doc);
    if (held) held.push(one); else plans.set(doc, [one]);
  }
  /** @type {Map<string, { words: Set<string>, tasks: number[], names: Map<string, number> }>} */
  const headings = new Map();
  for (const members of plans.values()) {
    // A heading over all tasks of a plan, as "Nhiệm vụ trọng tâm", is no group: the next level is.
    let level = 0;
    while (members.every(([, path]) => path.length > level + 1 && path[level] === members[0][1][level])) level += 1;
    for (const [task, path] of members) {
      const name = path[Math.min(level, path.length - 1)], words = wordsOf(name), key = [...words].sort().join(" ") || name, held = headings.get(key) || { words, tasks: /** @type {number[]} */ ([]), names: new Map() };
      held.tasks.push(task);
      held.names.set(name, (held.names.get(name) || 0) + 1);
      headings.set(key, held);
    }
  }
  /** @type {Map<number, string>} */
  const found = new Map();
  /** @type {{ words: Set<string>, name: string }[]} */
  const kept = [];
  for (const one of [...headings.values()].sort((p, q) => q.tasks.length - p.tasks.length || inOrder([...p.words].join(" "), [...q.words].join(" ")))) {
    let group = kept.find((other) => likeness(one.words, other.words) >= ALIKE);
    if (!group) kept.push(group = { words: one.words, name: nameOf(one.names, model) });
    for (const task of one.tasks) found.set(task, group.name);
  }
  return found;
}

/** Folded words of a heading, each once. @param {string} heading */
function wordsOf(heading) { return new Set(fold(heading.replace(OPENING, "")).split(/[^a-z0-9]+/).filter(Boolean)); }

/** Words in common of all words. @param {Set<string>} one @param {Set<string>} other */
function likeness(one, other) {
  if (Math.min(one.size, other.size) < ALIKE * Math.max(one.size, other.size)) return 0;
  let both = 0;
  for (const word of one) if (other.has(word)) both += 1;
  return both / (one.size + other.size - both);
}

/** The most usual wording; one in capitals as a sentence. @param {Map<string, number>} names @param {import("./data.js").Model} model */
function nameOf(names, model) {
  const loud = (/** @type {string} */ name) => name === name.toUpperCase();
  const [name] = [...names].sort((p, q) => Number(loud(p[0])) - Number(loud(q[0])) || q[1] - p[1] || inOrder(p[0], q[0]))[0];
  const told = (loud(name) ? quiet(name, model) : name).replace(OPENING, "");
  return told[0].toUpperCase() + told.slice(1);
}

/** Words in capitals as they are written in a sentence: names of bodies and provinces, and what is written in capitals anyway, keep theirs. @param {string} words @param {import("./data.js").Model} model */
function quiet(words, model) {
  const proper = [...model.kinds.map((kind) => kind[1]), ...model.agents.label, ...model.provinces].filter((name) => name !== name.toLowerCase()).sort((p, q) => q.length - p.length);
  let told = words.toLowerCase();
  for (const name of proper) {
    const at = told.indexOf(name.toLowerCase());
    if (at >= 0 && !LETTER.test(told.charAt(at - 1)) && !LETTER.test(told.charAt(at + name.length))) told = told.slice(0, at) + name + told.slice(at + name.length);
  }
  return told.replace(/[\p{L}\p{N}]+/gu, (word) => (ABBREVIATED.has(word) ? word.toUpperCase() : word));
}

/** What stands for tasks without a heading. */
export function noGroup() { return say("(không có nhóm)", "(no group)"); }
