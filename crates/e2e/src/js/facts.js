// What can be said of any page, for rules.rs.
const root = document.documentElement;
const navigation = performance.getEntriesByType("navigation")[0];
const short = element => element.outerHTML.slice(0, 120);
const here = location.origin;
const count = selector => document.querySelectorAll(selector).length;
const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
const requests = performance.getEntriesByType("resource");
const handlers = [...document.querySelectorAll("*")].filter(
  element => [...element.attributes].some(attribute => attribute.name.startsWith("on")));
const attributes = ["aria-label", "title", "alt", "placeholder", "data-label"];
const said = [...document.querySelectorAll("[aria-label], [title], [alt], [placeholder], [data-label]")]
  .flatMap(element => attributes.map(name => element.getAttribute(name)).filter(Boolean));
const folded = [...document.querySelectorAll("svg title, svg desc, option, caption, details")]
  .map(element => {
    const copy = element.cloneNode(true);
    for (const piece of copy.querySelectorAll("pre, code, textarea")) piece.remove();
    return copy.textContent;
  });
// What people wrote as code or are writing keeps its spaces.
const raw = [...document.querySelectorAll("pre, code, textarea")].map(element => element.innerText || element.value);
let text = document.body.innerText;
for (const piece of raw) if (piece) text = text.replace(piece, "");
const wide = [...document.querySelectorAll("main *, header *, footer *")].filter(element => {
  const box = element.getBoundingClientRect();
  return box.right > root.clientWidth + 1 && box.width > 0 && !element.closest(".wide, svg, .unseen, .skip");
});
// What a finger can hit: text fields and buttons have a height of their own, links in a line the line's.
const small = [...document.querySelectorAll("a[href], button, summary, select")].filter(element => {
  const box = element.getBoundingClientRect();
  return box.height > 0 && box.height < 24 && element.checkVisibility() && !element.closest(".skip, .unseen, svg");
});
return {
  small: small.slice(0, 5).map(short),
  address: location.href,
  status: navigation ? navigation.responseStatus : 0,
  lang: root.lang,
  title: document.title,
  headings: count("h1"),
  mains: count("main"),
  inline: [...document.querySelectorAll("[style], style, script:not([src])"), ...handlers].map(short),
  foreign: requests.map(entry => entry.name).filter(name => !name.startsWith(here) && !name.startsWith("data:")),
  requests: requests.length + 1,
  twice: ids.filter((id, place) => ids.indexOf(id) !== place),
  dangling: [...document.querySelectorAll("a[href^='#']")].filter(
    link => link.hash.length > 1 && !document.getElementById(decodeURIComponent(link.hash.slice(1)))).map(short),
  unlabelled: [...document.querySelectorAll("input:not([type=hidden], [type=submit]), select, textarea")]
    .filter(field => !field.closest("[hidden]"))
    .filter(field => !field.labels?.length && !field.getAttribute("aria-label")).map(short),
  overflow: root.scrollWidth > root.clientWidth + 1 ? wide.slice(0, 5).map(short) : [],
  overflows: root.scrollWidth > root.clientWidth + 1,
  texts: [document.title, text, ...said, ...folded],
};
