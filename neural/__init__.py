"""Hugging Face models, all optional: the only place that imports PyTorch, and only when a setting names a model (extra `models`)."""
