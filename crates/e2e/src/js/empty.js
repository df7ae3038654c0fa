// Sends the first form of the main part without any answer, whatever the browser would say to that.
const form = document.querySelector("main form[method=post]");
for (const field of form.querySelectorAll("input:not([type=hidden]), textarea:not([hidden]), select")) {
  if (field.type === "radio" || field.type === "checkbox") field.checked = false;
  else if (field.tagName === "SELECT") field.selectedIndex = -1;
  else if (!field.hidden) field.value = "";
}
form.noValidate = true;
form.requestSubmit(form.querySelector("button:not([formaction], [name=preview])"));
