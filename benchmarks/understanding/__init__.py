"""What hard utterances are understood as, with a language model's help and without."""
