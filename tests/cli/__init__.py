"""What people send beside words, and chats that are emptied."""
