// Starts the components of GOV.UK Frontend. Everything works without this file; it only makes some things handier.
// The words come from the page's language through data attributes on <html>.
import { Button, CharacterCount, ErrorSummary, FileUpload, PasswordInput, ServiceNavigation, createAll }
  from './vendor/govuk-frontend.min.js'

const root = document.documentElement
const words = Object.fromEntries(
  Object.entries(root.dataset).map(([name, word]) => [name, word.replaceAll('[n]', '%{count}')])
)

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

function start (scope) {
  createAll(Button, { preventDoubleClick: true }, scope)
  createAll(ErrorSummary, {}, scope)
  createAll(ServiceNavigation, {}, scope)
  createAll(PasswordInput, {
    i18n: {
      showPassword: words.wordShow,
      hidePassword: words.wordHide,
      showPasswordAriaLabel: words.wordShowPassword,
      hidePasswordAriaLabel: words.wordHidePassword,
      passwordShownAnnouncement: words.wordPasswordShown,
      passwordHiddenAnnouncement: words.wordPasswordHidden
    }
  }, scope)
  createAll(FileUpload, {
    i18n: {
      chooseFilesButton: words.wordChooseFile,
      dropInstruction: words.wordDropFile,
      noFileChosen: words.wordNoFile,
      multipleFilesChosen: { one: words.wordOneFile, other: words.wordMoreFiles },
      enteredDropZone: words.wordEnteredDropZone,
      leftDropZone: words.wordLeftDropZone
    }
  }, scope)
  createAll(CharacterCount, {
    i18n: {
      charactersUnderLimit: { one: words.wordCharacterLeft, other: words.wordCharactersLeft },
      charactersAtLimit: words.wordNoCharactersLeft,
      charactersOverLimit: { one: words.wordCharacterOver, other: words.wordCharactersOver }
    }
  }, scope)
}

start(document)
// What htmx puts into the page is started as well.
document.addEventListener('htmx:load', event => { if (event.target !== document.body) start(event.target) })
