// The figures of a round as they change. Nothing is announced: only « reste à répartir » is.
const progress = document.getElementById("progress");
if (progress?.dataset.live && "EventSource" in window) {
  const source = new EventSource(progress.dataset.live);
  source.addEventListener("progress", (event) => {
    progress.textContent = event.data;
  });
  // A page that nobody looks at listens to nothing.
  addEventListener("pagehide", () => source.close());
}
