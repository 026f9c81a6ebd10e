"""What our checks add to a language model's own time."""
