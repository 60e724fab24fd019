"""The ways in which text stands on its ground, so that axe reckons the contrast of each once."""

from playwright.sync_api import Page

# Of each part with text: its colours, its letters, all grounds down to one that hides the next,
# what lies above others, and what excuses a low contrast; of a link also the text around it.
_WAYS = """() => {
  const grounds = new Map()
  const ground = part => {
    if (!part) return ''
    if (!grounds.has(part)) {
      const {backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode} =
        getComputedStyle(part)
      const hides = backgroundColor.startsWith('rgb(') && opacity === '1'
      const own = [backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode]
      grounds.set(part, own.join(' ') + (hides ? '' : ' on ' + ground(part.parentElement)))
    }
    return grounds.get(part)
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const parts = new Set(document.querySelectorAll('input, select, textarea'))
  while (texts.nextNode()) {
    if (texts.currentNode.data.trim()) parts.add(texts.currentNode.parentElement)
  }
  const ways = new Set()
  for (const part of parts) {
    if (!part.checkVisibility()) continue
    const {color, fontSize, fontWeight, textDecorationLine, textShadow} = getComputedStyle(part)
    const link = part.closest('a[href]')
    const labelled = part.closest('label')?.control
    ways.add([
      color, fontSize, fontWeight, textDecorationLine, textShadow, ground(part),
      link && getComputedStyle(link).textDecorationLine,
      link && getComputedStyle(link.parentElement).color,
      part.matches(':disabled') || labelled?.matches(':disabled'),
      part.closest('[aria-disabled=true], [aria-hidden=true], [inert]') !== null,
    ].join('|'))
  }
  return [...ways]
}"""


class KnownColours:
    """What axe has looked at in this process and found nothing wrong with."""

    def __init__(self) -> None:
        self._ways: set[str] = set()

    def are_known(self, page: Page) -> bool:
        """Tell whether all text of the page stands as some that was looked at before."""
        return self._ways.issuperset(page.evaluate(_WAYS))

    def looked_at(self, page: Page, found: list[str]) -> list[str]:
        """Return what axe found; where that is nothing, the page's ways are known from now on."""
        if not found:
            self._ways.update(page.evaluate(_WAYS))
        return found
