"""What waits: the three lanes of cases and their deadlines, and letters that could not be delivered."""

from panel.queue.lanes import router

__all__ = ["router"]
