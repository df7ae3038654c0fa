// Where a finger would go to press an element: { x, y }, or { problem } where something stands before it.
const [element] = arguments;
element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
const box = [...element.getClientRects()].find(box => box.width > 0 && box.height > 0);
if (!box) return { problem: "it has no size" };
const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
const top = document.elementFromPoint(x, y);
const reached = top && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element);
return reached ? { x, y } : { problem: `${top ? top.outerHTML.slice(0, 80) : "the edge of the screen"} stands before it` };
