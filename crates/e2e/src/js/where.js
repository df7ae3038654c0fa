// Which document this is, and whether it is all there.
return { document: performance.timeOrigin, ready: document.readyState === "complete", stays: !!window.popoteStays };
