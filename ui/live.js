// A piece of HTML made by Python, all texts in it escaped there. What is clicked in it goes back as a trigger; keys
// press the buttons of the page, so that a key never does what no button does.
const TYPING = "input, textarea, select, [contenteditable='true'], [role='combobox'], [role='textbox']";

export default function (component) {
  const { data, parentElement } = component;
  let root = parentElement.querySelector(":scope > .dz-live");
  if (!root) {
    root = document.createElement("div");
    root.className = "dz-live";
    parentElement.appendChild(root);
    listen(root);
  }
  root.component = component;
  if (root.shown !== data.html) {
    root.shown = data.html;
    root.innerHTML = data.html;
  }
  if (data.focus && root.focused !== data.focus) {
    root.focused = data.focus;
    focusOn(`.st-key-${CSS.escape(data.focus)}`, 40);
  }
  if (data.goto && root.gone !== data.goto) {
    root.gone = data.goto;
    const place = document.getElementById(data.goto.split("#")[0]);
    if (place) {
      place.scrollIntoView({ block: "center" });
      place.focus({ preventScroll: true });
    }
  }
  if (data.cookie) {
    document.cookie = `${data.cookie}; path=/; max-age=31536000; SameSite=Lax`;
  }
  if (data.tongue) {
    document.documentElement.lang = data.tongue;
  }
  const pressed = (event) => press(event, root, data.keys || {});
  document.addEventListener("keydown", pressed, true);
  root.release?.();
  root.release = () => document.removeEventListener("keydown", pressed, true);
  return () => root.release();
}

// Clicks in the piece: [data-copy] goes to the clipboard, [data-act] to Python with all its data.
function listen(root) {
  root.addEventListener("click", (event) => {
    const copied = event.target.closest("[data-copy]");
    if (copied) {
      copy(copied);
    }
    const acting = event.target.closest("[data-act]");
    if (acting) {
      event.preventDefault();
      root.component.setTriggerValue("act", { ...acting.dataset });
    }
  });
}

function press(event, root, keys) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !root.isConnected) return;
  if (event.target.closest?.(TYPING) || document.querySelector("[role='dialog']")) return;
  const name = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (name === undefined) return;
  // Streamlit has keys of its own (R runs the page anew), which must not act as well.
  event.preventDefault();
  event.stopImmediatePropagation();
  const place = document.querySelector(`.st-key-${CSS.escape(name)}`);
  const button = place?.querySelector("button:not([disabled])");
  if (button) button.click();
  else if (place) focusOn(`.st-key-${CSS.escape(name)}`, 1);
}

function focusOn(selector, times) {
  const field = document.querySelector(`${selector} input, ${selector} textarea`);
  if (field) field.focus();
  else if (times > 1) setTimeout(() => focusOn(selector, times - 1), 50);
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure connection there is no such clipboard.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.appendChild(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const before = button.textContent;
  if (button.dataset.copied && before !== button.dataset.copied) {
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = before), 1500);
  }
}
