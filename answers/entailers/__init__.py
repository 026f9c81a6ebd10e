"""Models that judge whether evidence entails a sentence."""
