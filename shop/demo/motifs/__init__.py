"""What the demo shop's pictures show: one hand-drawn motif per product type, on a field of 400 by 400."""
