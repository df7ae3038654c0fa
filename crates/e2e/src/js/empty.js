// Sends the first form of the main part that asks something without any answer, whatever the browser would say to that.
const asks = "input:not([type=hidden]), textarea:not([hidden]), select";
const form = [...document.querySelectorAll("main form[method=post]")].find(form => form.querySelector(asks));
for (const field of form.querySelectorAll(asks)) {
  if (field.type === "radio" || field.type === "checkbox") field.checked = false;
  else if (field.tagName === "SELECT") field.selectedIndex = -1;
  else if (!field.hidden) field.value = "";
}
form.noValidate = true;
form.requestSubmit(form.querySelector("button:not([formaction], [name=preview])"));
