"""What the processes hold and do in the background: their parts, the schedule, files and chats, the watch over each other."""
