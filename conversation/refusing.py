"""How this room says no."""


class MessageRefused(Exception):
    """What was written cannot be kept; `sentence` says why, `field` where, "" for the whole."""

    def __init__(self, sentence: str, field: str = "text") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


def as_typed(text: str, *, longest: int, what: str, field: str = "text") -> str:
    """Return a text as it was typed, its line breaks counted for one. `what` names it: « Votre message ».

    Raises MessageRefused for an empty or endless one.
    """
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise MessageRefused(f"{what} est vide : rien n'a été gardé.", field)
    if len(text) > longest:
        raise MessageRefused(f"{what} compte {len(text)} caractères : {longest} au plus.", field)
    return text
