"""What a written sentence is checked for. Each check is a pure function over the sentence and its evidence."""
