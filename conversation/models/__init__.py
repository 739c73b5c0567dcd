"""What the éditeur and the support write to one another, what is noted apart from it, and ready-made texts."""

from conversation.models.attachment import Attachment
from conversation.models.message import Message, Receipt, Side
from conversation.models.note import Note
from conversation.models.template import MessageTemplate

__all__ = ["Attachment", "Message", "MessageTemplate", "Note", "Receipt", "Side"]
