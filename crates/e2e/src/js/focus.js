// The words of the element that has the focus, and whether the focus can be seen on it.
const element = document.activeElement;
const plain = text => (text || "").replace(/\s+/g, " ").trim();
const style = getComputedStyle(element);
const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
const label = element.labels?.[0]?.innerText || element.getAttribute("aria-label") || element.innerText || element.value;
const box = element.getBoundingClientRect();
const onScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
return { words: plain(label), seen: (ringed || style.boxShadow !== "none") && onScreen, body: element === document.body };
