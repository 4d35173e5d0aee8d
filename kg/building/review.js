"use strict";
const articles = [...document.querySelectorAll("article")];
const commands = [...document.querySelectorAll(".command")].map((node) => [node, node.textContent]);
const who = document.getElementById("who"), why = document.getElementById("why"), said = document.getElementById("said");
const language = document.getElementById("language");
document.getElementById("tools").hidden = language.hidden = false;

// Inside double quotes, both kinds of shell take these letters for their own.
const quote = (text) => (/["$`\\!%]/.test(text) ? "'" + text.replaceAll("'", "'\\''") + "'" : '"' + text + '"');
function fill() {
  const english = document.body.classList.contains("english");
  const name = who.value.trim() || (english ? "YOUR NAME" : "TÊN BẠN");
  const reason = why.value.trim() ? " --why " + quote(why.value.trim()) : "";
  for (const [node, command] of commands) node.textContent = command + " --who " + quote(name) + reason;
}
async function copy(button) {
  const node = button.parentElement.querySelector(".command");
  try { await navigator.clipboard.writeText(node.textContent); } catch {
    getSelection().selectAllChildren(node);
    document.execCommand("copy");
  }
  said.textContent = (document.body.classList.contains("english") ? "Copied: " : "Đã chép: ") + node.textContent;
}
function step(by) {
  const shown = articles.filter((each) => !each.hidden);
  const at = shown.indexOf(document.activeElement.closest?.("article"));
  const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
  if (next) { next.focus(); next.scrollIntoView({ block: "start" }); }
}
document.addEventListener("click", (event) => {
  const button = event.target.closest(".copy");
  if (button) copy(button);
});
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (/^[1-9]$/.test(event.key)) {
    const button = document.activeElement.closest?.("article")?.querySelectorAll(".copy")[event.key - 1];
    if (button) copy(button);
  }
});
document.getElementById("tools").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("filters").addEventListener("change", () => {
  const wanted = new Set([...document.querySelectorAll('input[name="sort"]:checked')].map((box) => box.value));
  for (const each of articles) each.hidden = !wanted.has(each.dataset.sort);
});
language.addEventListener("click", () => {
  const english = document.body.classList.toggle("english");
  document.documentElement.lang = english ? "en" : "vi";
  language.textContent = english ? "Tiếng Việt" : "English";
  fill();
});
who.addEventListener("input", fill);
why.addEventListener("input", fill);
fill();
