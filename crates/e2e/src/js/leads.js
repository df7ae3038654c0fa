// Whether acting on an element leads to another page, told before it is done. A script of the page may still keep the
// visitor here: then `window.popoteStays` becomes true.
const element = arguments[0] || document.activeElement;
window.popoteStays = false;
const stays = event => setTimeout(() => { if (event.defaultPrevented) window.popoteStays = true; });
addEventListener("click", stays, { once: true });
addEventListener("submit", stays, { once: true });
const link = element.closest("a[href]");
const submits = element.closest("button, input:not([type=button], [type=reset])")?.form;
const button = element.closest("button");
const here = location.href.split("#")[0];
const leads = link
  ? !link.target && !link.download && !(link.hash && link.href.split("#")[0] === here)
  : Boolean(submits) && (!button || button.type === "submit")
    && !["checkbox", "radio", "file"].includes(element.type)
    && (submits.noValidate || button?.formNoValidate || submits.checkValidity());
return leads;
