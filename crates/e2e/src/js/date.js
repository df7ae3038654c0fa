// Picks a date in a field's calendar.
const [field, date] = arguments;
field.focus();
field.value = date;
field.dispatchEvent(new Event("input", { bubbles: true }));
field.dispatchEvent(new Event("change", { bubbles: true }));
return field.value;
