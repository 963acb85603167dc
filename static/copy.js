// Copies the text of the element that a button names, where the browser can. Without this file there are no buttons.
function text (element) {
  return element.innerText.trim()
}

async function copy (button) {
  const words = text(document.getElementById(button.dataset.copy))
  await navigator.clipboard.writeText(words)
  document.getElementById('gekopieerd').textContent = `${button.dataset.copied}: ${words}`
  const label = button.firstChild
  const before = label.textContent
  label.textContent = button.dataset.copied
  setTimeout(() => { label.textContent = before }, 2000)
}

if (navigator.clipboard) {
  const buttons = document.querySelectorAll('[data-copy]')
  const show = shown => { for (const button of buttons) button.hidden = !shown }
  for (const button of buttons) button.addEventListener('click', () => copy(button))
  show(true)
  // Paper cannot be pressed.
  window.addEventListener('beforeprint', () => show(false))
  window.addEventListener('afterprint', () => show(true))
}
