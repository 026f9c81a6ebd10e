"""The widget, the shop's pages and the console in real Chromium, against the real gateway and the real bot."""
