// Live « reste à répartir »: what is left after what is typed. The page does without; the server decides.
const form = document.getElementById("allocate");
const left = document.getElementById("left");
if (form && left) {
  const exponent = Number(left.dataset.exponent);
  const before = BigInt(left.dataset.minor);
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: left.dataset.currency });

  // Minor units of what was typed; null if it isn't an amount. As the server: blanks apart, one mark for decimals.
  const minor = (typed) => {
    const text = typed.replace(/[\s\u00a0\u202f€]/g, "");
    if (text === "") return 0n;
    const parts = /^(\d+)(?:[.,](\d*))?$/.exec(text);
    if (!parts || (parts[2] ?? "").length > exponent) return null;
    return BigInt(parts[1] + (parts[2] ?? "").padEnd(exponent, "0"));
  };

  const show = () => {
    let rest = before;
    for (const input of form.querySelectorAll('input[name^="amount-"]')) {
      const seen = form.elements["seen-" + input.name.slice("amount-".length)];
      const wanted = minor(input.value);
      if (wanted !== null && seen) rest += BigInt(seen.value) - wanted;
    }
    // More than there is: how much too much, in words.
    const amount = format.format(Number(rest < 0n ? -rest : rest) / 10 ** exponent).replaceAll("\u00a0", "\u202f");
    left.textContent = rest < 0n ? left.dataset.over.replace("#", () => amount) : amount;
    document.getElementById("purse")?.classList.toggle("over", rest < 0n);
  };

  left.setAttribute("aria-live", "polite");
  form.addEventListener("input", show);
  show();
}
