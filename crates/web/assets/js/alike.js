// Needs like the one that is being written, under its title. Without this they are a step before it is published.
const place = document.getElementById("alike-live");
const form = place?.closest("form");
if (place && form) {
  const fields = ["title", "why", "software", "links"];
  let timer;
  let asked = 0;

  const show = async () => {
    const query = new URLSearchParams();
    // An address has an end: the beginning of a long text says enough.
    for (const name of fields) query.set(name, (form.elements[name]?.value ?? "").slice(0, 1500));
    if (query.get("title").trim().length < 4) {
      place.replaceChildren();
      return;
    }
    const number = ++asked;
    try {
      const answer = await fetch(`${place.dataset.from}?${query}`, { headers: { Accept: "text/html" } });
      // Only the newest answer counts.
      if (answer.ok && number === asked) place.innerHTML = await answer.text();
    } catch {
      // Without a network the step before publishing says the same.
    }
  };

  form.addEventListener("input", (event) => {
    if (!fields.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(show, 450);
  });
}
