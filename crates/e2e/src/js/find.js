// Finds what a person would point at by the words on it. Arguments: a kind, the words, and the words of the part of the
// page to look in, or null. Gives { element } or { problem }.
const [kind, wanted, part] = arguments;
const plain = text => (text || "").replace(/\s+/g, " ").trim();
const shown = element => element.checkVisibility({ opacityProperty: false, visibilityProperty: true });
const selectors = {
  link: "a[href]",
  button: "button, input[type=submit], input[type=button], summary, [role=button]",
  field: "input:not([type=hidden], [type=submit], [type=button], [type=radio], [type=checkbox]), textarea, select",
  choice: "input[type=radio], input[type=checkbox]",
};
const words = element => {
  if (kind === "link" || kind === "button") {
    return [element.innerText, element.getAttribute("aria-label"), element.value];
  }
  const labels = [...(element.labels || [])].flatMap(label => {
    const own = [...label.childNodes].filter(node => node.nodeType === 3 || node.matches?.("strong, em, b"));
    return [label.innerText, own.map(node => node.textContent).join("")];
  });
  const named = (element.getAttribute("aria-labelledby") || "").split(" ").map(id => document.getElementById(id));
  return [...labels, element.getAttribute("aria-label"), ...named.map(label => label?.innerText)];
};
const pointed = element => (kind === "choice" && !shown(element) ? element.labels[0] : element);
const among = root => {
  const all = [...root.querySelectorAll(selectors[kind])].filter(element => shown(pointed(element) || element));
  const said = all.map(element => [element, words(element).map(plain).filter(Boolean)]);
  const ways = [(a, b) => a === b, (a, b) => a.startsWith(b), (a, b) => a.includes(b)];
  for (const way of ways) {
    const found = said.filter(([, texts]) => texts.some(text => way(text, plain(wanted)))).map(([element]) => element);
    if (found.length) return { found, said };
  }
  return { found: [], said };
};
const choose = ({ found, said }) => {
  const places = new Set(found.map(element => element.href || element));
  if (places.size === 1) return { element: pointed(found[0]) };
  if (places.size > 1) return { problem: `${places.size} times a ${kind} « ${wanted} »` };
  const others = [...new Set(said.map(([, texts]) => texts[0]).filter(Boolean))];
  return { problem: `no ${kind} « ${wanted} »; there are: ${others.join(" | ")}` };
};
if (part === null) return choose(among(document.body));
const heads = [...document.body.querySelectorAll(
  "h1, h2, h3, h4, h5, h6, legend, th, td, summary, caption, dt, strong, a, label, li, p")].filter(shown);
const exact = heads.filter(head => plain(head.innerText) === plain(part));
const begun = exact.length ? exact : heads.filter(head => plain(head.innerText).includes(plain(part)));
if (!begun.length) return { problem: `no part of the page « ${part} »` };
let last = { problem: "" };
for (const head of begun.reverse()) {
  for (let root = head; root && root !== document.body; root = root.parentElement) {
    const result = among(root);
    if (result.found.length) return choose(result);
    last = choose(result);
  }
}
return last;
