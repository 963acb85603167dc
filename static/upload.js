// Sends the files of a draft so that a broken line goes on where it stopped (tus), each with its own line on the page.
// Without this file the form sends them all at once. The words come from the page, what the server refuses in its words.
const AT_ONCE = 2
const WAITS = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000]

const form = document.querySelector('form[data-uploads]')

class Line {
  constructor (file) {
    this.file = file
    this.element = document.getElementById('upload-regel').content.cloneNode(true).firstElementChild
    this.bar = this.element.querySelector('progress')
    this.name = this.element.querySelector('[data-part=name]')
    this.amount = this.element.querySelector('[data-part=amount]')
    this.told = this.element.querySelector('[data-part=told]')
    this.name.textContent = file.name
    this.bar.setAttribute('aria-label', file.name)
    for (const each of this.element.querySelectorAll('[data-part=of]')) each.textContent = `: ${file.name}`
    for (const button of this.element.querySelectorAll('button')) {
      button.addEventListener('click', () => this[button.dataset.does]())
    }
    form.querySelector('[data-upload-lines]').append(this.element)
    this.upload = new tus.Upload(file, {
      endpoint: form.dataset.uploads,
      retryDelays: WAITS,
      metadata: { filename: file.name },
      headers: { 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value },
      removeFingerprintOnSuccess: true,
      onProgress: (sent, all) => this.progress(sent, all),
      onSuccess: () => this.end('done', form.dataset.wordDone),
      onError: error => this.failed(error)
    })
    this.turn('waiting', form.dataset.wordWaiting)
  }

  // Which buttons there are follows from the state; app.css shows them.
  turn (state, words) {
    const left = document.activeElement !== document.body && this.element.contains(document.activeElement)
    this.element.dataset.state = state
    this.told.textContent = words
    if (left) [...this.element.querySelectorAll('button')].find(each => each.offsetParent)?.focus()
    next()
  }

  end (state, words) {
    this.turn(state, words)
    refresh()
  }

  async begin () {
    this.turn('sending', form.dataset.wordSending)
    if (!this.upload.url) {
      const [earlier] = await this.upload.findPreviousUploads()
      if (earlier) this.upload.resumeFromPreviousUpload(earlier)
    }
    if (this.element.dataset.state === 'sending') this.upload.start()
  }

  progress (sent, all) {
    const percent = Math.floor(100 * sent / all)
    this.bar.value = percent
    this.amount.textContent = `${percent} %`
  }

  failed (error) {
    const answer = error.originalResponse
    const sentence = answer?.getHeader('Content-Type')?.startsWith('text/plain') && answer.getBody()
    const final = answer && answer.getStatus() >= 400 && answer.getStatus() < 500 && answer.getStatus() !== 409
    this.broken = !final
    this.turn(final ? 'refused' : 'paused', sentence || form.dataset.wordBroken)
  }

  pause () {
    this.upload.abort()
    this.turn('paused', form.dataset.wordPaused)
  }

  resume () {
    this.broken = false
    this.turn('waiting', form.dataset.wordWaiting)
  }

  async cancel () {
    this.turn('refused', form.dataset.wordCancelled)
    // What the server no longer has needs no throwing away, and what it cannot hear of now it erases by itself.
    await this.upload.abort(true).catch(() => {})
  }
}

const lines = []

function count (state) {
  return lines.filter(line => line.element.dataset.state === state).length
}

function next () {
  const line = lines.find(each => each.element.dataset.state === 'waiting')
  if (line && count('sending') < AT_ONCE) line.begin()
}

// The list of files and what is still missing, as they are now; what somebody is writing in a form stays.
async function refresh () {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null)
  if (!answer?.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-live]')) {
    const instead = fresh.getElementById(part.id)
    if (instead) part.replaceWith(document.adoptNode(instead))
  }
}

if (form && window.tus?.isSupported) {
  const input = form.querySelector('input[type=file]')
  form.dataset.ready = ''
  input.addEventListener('change', () => {
    const chosen = [...input.files]
    if (!chosen.length) return
    for (const file of chosen) lines.push(new Line(file))
    input.value = ''
    input.dispatchEvent(new Event('change'))
    for (let room = AT_ONCE; room > 0; room--) next()
  })
  form.addEventListener('submit', event => event.preventDefault())
  // A line that is back goes on by itself; what somebody paused waits.
  window.addEventListener('online', () => { for (const line of lines) if (line.broken) line.resume() })
  window.addEventListener('beforeunload', event => { if (count('sending')) event.preventDefault() })
}
